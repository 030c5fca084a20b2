FROM public.ecr.aws/docker/library/golang:1-alpine AS build
WORKDIR /app
COPY api/go.mod api/go.sum ./api/
RUN cd ./api && go mod download
COPY . .
RUN cd ./api && CGO_ENABLED=0 GOOS=linux go build -trimpath -ldflags '-s -w' -o /out/program ./cmd/server
RUN tar -cf - -T .stacktape/included | tar -xf - -C /out

FROM public.ecr.aws/docker/library/alpine:3
RUN apk add --no-cache ca-certificates curl tini tzdata
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["./program"]
