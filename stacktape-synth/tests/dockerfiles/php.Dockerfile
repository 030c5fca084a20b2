FROM public.ecr.aws/docker/library/php:8.3-cli-alpine AS build
RUN apk add --no-cache git unzip
COPY --from=public.ecr.aws/docker/library/composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY . .
RUN COMPOSER_ALLOW_SUPERUSER=1 composer install --no-dev --no-interaction --no-progress --optimize-autoloader --ignore-platform-req='ext-*'
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/php:8.3-cli-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /app/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["php", "public/index.php"]
