# syntax=docker/dockerfile:1
FROM node:24.21.0-trixie-slim AS build
WORKDIR /stet
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json LICENSE ./
COPY .ci .ci
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts
# The runtime of the classifier comes with the libraries of all platforms; the image needs its own.
RUN cd node_modules/onnxruntime-node/bin/napi-v* && find . -mindepth 2 -maxdepth 2 ! -path "./linux/$(node -p process.arch)" -exec rm -r {} +

FROM node:24.21.0-trixie-slim
LABEL org.opencontainers.image.title="stet" \
  org.opencontainers.image.description="Comment moderation by a newspaper's own guidelines" \
  org.opencontainers.image.source="https://github.com/stet-moderation/stet" \
  org.opencontainers.image.licenses="MIT AND CC-BY-SA-4.0"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /stet
COPY --from=build /stet/node_modules node_modules
COPY --from=build /stet/dist dist
COPY package.json LICENSE ./
COPY rules rules
USER node
EXPOSE 3000
# Debian slim has neither curl nor wget; Node asks.
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD node -e "fetch('http://127.0.0.1:${OPS_PORT:-$PORT}/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"
# Node itself is process 1, so that SIGTERM reaches it.
CMD ["node", "dist/cli/stet.js", "serve"]
