FROM public.ecr.aws/lambda/nodejs:24 AS build
RUN dnf install -y gcc-c++ git gzip make python3 tar && dnf clean all
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund
RUN cp .stacktape/handler.js ./src/.stacktape-handler.js
RUN node .stacktape/bundle.mjs

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /out/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
