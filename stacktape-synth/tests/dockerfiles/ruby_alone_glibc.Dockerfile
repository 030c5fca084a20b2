FROM public.ecr.aws/docker/library/ruby:3.2-bookworm AS build
WORKDIR /app
ENV BUNDLE_WITHOUT=development:test
COPY . .
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/ruby:3.2-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /usr/local/bundle/ /usr/local/bundle/
COPY --from=build /app/ ./
ENV BUNDLE_WITHOUT=development:test
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["ruby", "main.rb"]
