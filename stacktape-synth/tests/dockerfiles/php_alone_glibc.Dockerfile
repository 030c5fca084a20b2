FROM public.ecr.aws/docker/library/php:8.4-cli-bookworm AS build
WORKDIR /app
COPY . .
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/php:8.4-cli-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["php", "index.php"]
