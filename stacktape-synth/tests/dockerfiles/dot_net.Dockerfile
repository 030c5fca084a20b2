FROM mcr.microsoft.com/dotnet/sdk:8.0-alpine AS build
WORKDIR /app
COPY . .
RUN dotnet publish ./Api/Api.csproj --configuration Release --output /out

FROM mcr.microsoft.com/dotnet/aspnet:8.0-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["dotnet", "Shop.Api.dll"]
