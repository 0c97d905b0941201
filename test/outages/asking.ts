import { post, type Service } from '../helpers/service.js';

let users = 0;

/** Posts so many comments, one after the other, each of another user. Returns how often each status was answered. */
export async function commentsOf(service: Service, count: number): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (let index = 0; index < count; index++) {
    const answer = await post(service, `user-${users++}`);
    await answer.arrayBuffer();
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  }
  return statuses;
}

/** The statuses of /livez and /readyz. */
export async function probesOf({ url }: Service): Promise<number[]> {
  const answers = await Promise.all(['/livez', '/readyz'].map((path) => fetch(`${url}${path}`)));
  await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  return answers.map(({ status }) => status);
}

/**
 * The value of a metric without labels.
 * @throws Error where there is none of that name
 */
export async function metricOf({ url }: Service, metric: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`there is no metric ${metric}`);
  return Number(value);
}
