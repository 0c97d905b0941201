import { protocol } from '../protocol.js';
import { coralRoutes } from './routes.js';
import { coralSettings } from './settings.js';

export const coral = protocol({ name: 'coral', settings: coralSettings, routes: coralRoutes });
