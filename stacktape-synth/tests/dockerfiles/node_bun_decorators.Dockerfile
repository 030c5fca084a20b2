FROM public.ecr.aws/docker/library/node:24-alpine AS build
RUN apk add --no-cache g++ make python3
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12 typescript@5.9.3
RUN npm install --global bun@1
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN node .stacktape/bundle.mjs

FROM public.ecr.aws/docker/library/node:24-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
RUN apk add --no-cache ffmpeg
RUN ["/bin/sh", "-c", "echo a \\\n  b"]
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["node", "index.cjs"]
