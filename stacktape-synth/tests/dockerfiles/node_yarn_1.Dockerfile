FROM public.ecr.aws/docker/library/node:20-alpine AS build
RUN apk add --no-cache g++ make python3
RUN npm install --no-audit --no-fund --prefix /opt/stacktape esbuild@0.25.12
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
RUN node .stacktape/bundle.mjs

FROM public.ecr.aws/docker/library/node:20-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /out/ ./
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["node", "index.cjs"]
