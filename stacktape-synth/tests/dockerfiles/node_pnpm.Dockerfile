FROM public.ecr.aws/docker/library/node:22-alpine AS build
RUN apk add --no-cache g++ make python3
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12
RUN npm install --global pnpm@10
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN node .stacktape/bundle.mjs

FROM public.ecr.aws/docker/library/node:22-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["node", "index.cjs"]
