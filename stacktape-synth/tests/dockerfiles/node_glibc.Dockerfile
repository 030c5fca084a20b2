FROM public.ecr.aws/docker/library/node:18-bullseye AS build
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund
RUN node .stacktape/bundle.mjs

FROM public.ecr.aws/docker/library/node:18-bullseye-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /out/ ./
ENTRYPOINT ["tini", "--"]
CMD ["node", "index.cjs"]
