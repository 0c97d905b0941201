import { roomSettings } from '../../../settings/setting.js';
import { protocol } from '../protocol.js';
import { perspectiveRoutes } from './routes.js';

export const perspective = protocol({
  name: 'perspective',
  settings: roomSettings({}, () => undefined),
  routes: perspectiveRoutes,
});
