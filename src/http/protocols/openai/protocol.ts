import { roomSettings } from '../../../settings/setting.js';
import { protocol } from '../protocol.js';
import { openaiRoutes } from './routes.js';

export const openai = protocol({
  name: 'openai',
  settings: roomSettings({}, () => undefined),
  routes: openaiRoutes,
});
