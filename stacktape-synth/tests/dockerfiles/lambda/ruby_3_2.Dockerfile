FROM public.ecr.aws/lambda/ruby:3.2 AS build
RUN yum install -y gcc gcc-c++ git gzip libyaml-devel make tar && yum clean all
WORKDIR /app
ENV BUNDLE_WITHOUT=development:test
COPY . .
RUN BUNDLE_PATH=/app/vendor/bundle bundle install && rm -rf /app/vendor/bundle/ruby/*/cache
RUN rm -rf .stacktape

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /app/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
