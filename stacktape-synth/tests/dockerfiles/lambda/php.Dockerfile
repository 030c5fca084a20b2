FROM public.ecr.aws/docker/library/php:8.3-cli-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends git unzip && rm -rf /var/lib/apt/lists/*
COPY --from=public.ecr.aws/docker/library/composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY . .
RUN COMPOSER_ALLOW_SUPERUSER=1 composer install --no-dev --no-interaction --no-progress --optimize-autoloader --ignore-platform-req='ext-*'
RUN rm -rf .stacktape

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /app/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
