FROM public.ecr.aws/docker/library/ruby:3.3-alpine AS build
RUN apk add --no-cache build-base git yaml-dev
WORKDIR /app
ENV BUNDLE_WITHOUT=development:test
COPY . .
RUN cd ./api && BUNDLE_FROZEN=true bundle install
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/ruby:3.3-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /usr/local/bundle/ /usr/local/bundle/
COPY --from=build /app/ ./
ENV BUNDLE_WITHOUT=development:test
ENV BUNDLE_GEMFILE="/app/api/Gemfile"
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["bundle", "exec", "ruby", "api/main.rb"]
