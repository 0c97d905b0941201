import request from 'supertest';
import { Problem } from '../../src/http/problem.js';
import { createWrongKeys } from '../../src/http/wrong-keys.js';
import { GOOD, testApp } from '../helpers/app.js';

const KEY = 'key-of-ours';

/** A form of Akismet with a wrong key. */
const FORM = { api_key: 'wrong', blog: 'https://news.example', user_ip: '192.0.2.1' };

describe('who tries keys', () => {
  const start = () => testApp({ env: { API_KEYS: KEY, CORAL_SECRETS: 'secret-of-ours' } });
  type App = ReturnType<typeof start>['app'];
  const ask = (app: App, key: string | undefined) =>
    request(app)
      .get('/v1/rules')
      .set(key === undefined ? {} : { authorization: `Bearer ${key}` });

  async function tryKeys(app: App, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let i = 0; i < times; i++) statuses.push((await ask(app, `wrong-${i}`)).status);
    return statuses;
  }

  test('is told 20 times a minute that a key is wrong, then to wait; a right key passes', async () => {
    const { app } = start();
    expect(await tryKeys(app, 20)).toEqual(Array(20).fill(401));
    const braked = await ask(app, 'wrong-20').set('connection', 'keep-alive');
    expect(braked.status).toBe(429);
    expect(braked.headers.connection).toBe('close');
    const wait = Number(braked.headers['retry-after']);
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect(braked.body).toMatchObject({ code: 'wrong-keys', status: 429, title: 'Too Many Requests' });
    expect((await ask(app, KEY)).status).toBe(200);
    expect(
      (await request(app).post('/v1/comments').set('authorization', `Bearer ${KEY}`).send(GOOD)).status,
    ).toBe(200);
    expect((await ask(app, 'wrong-21')).status).toBe(429);
    // To send none is no try.
    expect((await ask(app, undefined)).status).toBe(401);
    const { text } = await request(app).get('/metrics').set('authorization', `Bearer ${KEY}`);
    expect(text).toContain('stet_wrong_keys_total{outcome="refused"} 20\n');
    expect(text).toContain('stet_wrong_keys_total{outcome="braked"} 2\n');
  });

  test.each<[what: string, call: (app: App) => request.Test]>([
    [
      'at a path that is not there',
      (app) => request(app).get('/nowhere').set('authorization', 'Bearer wrong'),
    ],
    [
      'with a method that is not there',
      (app) => request(app).put('/v1/rules').set('authorization', 'Bearer wrong'),
    ],
    [
      "by Perspective's protocol",
      (app) => request(app).post('/v1alpha1/comments:analyze?key=wrong').send({}),
    ],
    [
      "by OpenAI's",
      (app) => request(app).post('/v1/moderations').set('authorization', 'Bearer wrong').send({}),
    ],
    ["in Akismet's form", (app) => request(app).post('/1.1/comment-check').type('form').send(FORM)],
    [
      "in Akismet's host name",
      (app) =>
        request(app)
          .post('/1.1/comment-check')
          .set('host', 'wrong.stet.test')
          .type('form')
          .send({ blog: 'b' }),
    ],
    [
      'by signatures of Coral',
      (app) => request(app).post('/coral').set('x-coral-signature', 'sha256=0').send({}),
    ],
  ])('is braked %s too', async (_, call) => {
    const { app } = start();
    for (let i = 0; i < 20; i++) expect((await call(app)).status).not.toBe(429);
    const braked = await call(app);
    expect(braked.status).toBe(429);
    expect(braked.headers).toMatchObject({
      connection: 'close',
      'retry-after': expect.stringMatching(/^\d+$/),
    });
    expect(await tryKeys(app, 1)).toEqual([429]);
  });
});

describe('the brake', () => {
  const refused = new Problem('key-unknown', 'wrong');

  function start(mostAddresses = 10) {
    const clock = { ms: 1_000_000 };
    const forgotten = { count: 0 };
    const brake = createWrongKeys(
      {
        observeWrongKey: () => {},
        observeForgottenAddress: () => {
          forgotten.count += 1;
        },
      },
      { now: () => clock.ms, mostAddresses },
    );
    const isBraked = (address: string | undefined) => brake.answer(address, refused) !== refused;
    const exhaust = (address: string) => {
      for (let i = 0; i < 20; i++) isBraked(address);
    };
    return { brake, clock, forgotten, isBraked, exhaust };
  }

  test('lets go after a minute, and says how long that is', () => {
    const { brake, clock, isBraked, exhaust } = start();
    exhaust('192.0.2.1');
    clock.ms += 29_500;
    expect(brake.answer('192.0.2.1', refused).extras.headers?.['Retry-After']).toBe('31');
    clock.ms += 30_499;
    expect(isBraked('192.0.2.1')).toBe(true);
    clock.ms += 1;
    expect(isBraked('192.0.2.1')).toBe(false);
  });

  test('knows addresses apart, but of IPv6 a network is one', () => {
    const { isBraked, exhaust } = start();
    exhaust('192.0.2.1');
    exhaust('2001:db8::1');
    expect(isBraked('192.0.2.1')).toBe(true);
    expect(isBraked('::ffff:192.0.2.1')).toBe(true);
    expect(isBraked('192.0.2.2')).toBe(false);
    expect(isBraked('2001:db8::2')).toBe(true);
    expect(isBraked('2001:db8:0:1::1')).toBe(false);
    expect(isBraked(undefined)).toBe(false);
  });

  test('remembers so many addresses, and forgets first who tried longest ago', () => {
    const { clock, forgotten, isBraked, exhaust } = start(3);
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) exhaust(address);
    expect(isBraked('192.0.2.1')).toBe(true);
    isBraked('192.0.2.4');
    expect(forgotten.count).toBe(1);
    expect(['192.0.2.1', '192.0.2.3'].map(isBraked)).toEqual([true, true]);
    expect(isBraked('192.0.2.2')).toBe(false);
    expect(forgotten.count).toBe(2);
    // What is over is not forgotten before its time.
    clock.ms += 60_000;
    isBraked('192.0.2.9');
    expect(forgotten.count).toBe(2);
  });
});
