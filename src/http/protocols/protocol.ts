import type { RoomSettings, Written } from '../../settings/setting.js';
import type { AppDeps, ProtocolRoutes } from '../deps.js';
import type { Route } from '../route.js';

/** A way in which sites that were made for another service call this one. One folder each; `index.ts` lists them. */
export interface Protocol {
  /** As the metrics name where a comment came from. */
  readonly name: string;
  readonly settings: Pick<RoomSettings<unknown>, 'declared'>;
  /** Reads its settings. */
  configure(written: Written): { readonly routes: ProtocolRoutes } | { readonly mistakes: readonly string[] };
}

/** What a protocol consists of. */
export interface ProtocolParts<Settings> {
  readonly name: string;
  readonly settings: RoomSettings<Settings>;
  /** Its routes: how each is reached, described and answered, and how it says no. */
  readonly routes: (deps: AppDeps, settings: Settings) => Route[];
}

/** Puts a protocol together. */
export function protocol<Settings>({ name, settings, routes }: ProtocolParts<Settings>): Protocol {
  return {
    name,
    settings,
    configure(written) {
      const read = settings.read(written);
      if ('mistakes' in read) return read;
      return { routes: (deps) => routes(deps, read.settings) };
    },
  };
}
