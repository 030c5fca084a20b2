FROM public.ecr.aws/lambda/nodejs:18 AS build
RUN yum install -y gcc-c++ git gzip make python3 tar && yum clean all
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12
RUN npm install --global yarn@1
WORKDIR /app
COPY . .
RUN cd ./api && yarn install --frozen-lockfile
RUN cp .stacktape/handler.js ./api/.stacktape-handler.js
RUN node .stacktape/bundle.mjs

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /out/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
