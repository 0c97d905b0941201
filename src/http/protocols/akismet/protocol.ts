import { protocol } from '../protocol.js';
import { akismetRoutes } from './routes.js';
import { akismetSettings } from './settings.js';

export const akismet = protocol({ name: 'akismet', settings: akismetSettings, routes: akismetRoutes });
