# syntax=docker/dockerfile:1
FROM node:20-alpine AS build
WORKDIR /stet
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-alpine
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /stet
COPY --from=build /stet/node_modules node_modules
COPY --from=build /stet/dist dist
COPY package.json LICENSE ./
COPY rules rules
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD wget -q -O /dev/null "http://127.0.0.1:${PORT}/livez" || exit 1
# Node itself is process 1, so that SIGTERM reaches it.
CMD ["node", "dist/cli/stet.js", "serve"]
