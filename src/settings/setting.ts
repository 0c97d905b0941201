import { z } from 'zod';

/** What is said of a setting beside its check. */
export interface SettingNotes {
  /** What it is for, one sentence. */
  readonly about: string;
  /** As shown to people; undefined: it has none. */
  readonly unit?: string;
  /** As written in the environment; undefined: it may be left out. */
  readonly fallback?: string;
  /** Its value is never shown. */
  readonly secret?: boolean;
}

/** One environment variable: how its text is read, and what is said of it. */
export interface DeclaredSetting<Check extends z.ZodType = z.ZodType> extends SettingNotes {
  readonly check: Check;
}

/** Declares an environment variable. */
export function setting<Check extends z.ZodType>(check: Check, notes: SettingNotes): DeclaredSetting<Check> {
  return { check, ...notes };
}

type Shape = Readonly<Record<string, DeclaredSetting>>;
type Read<Declared extends Shape> = { [Name in keyof Declared]: z.output<Declared[Name]['check']> };

/** The settings of one room. */
export interface RoomSettings<Settings> {
  /** Every environment variable of the room, by name, in the order in which they are listed to people. */
  readonly declared: Shape;
  /** Reads what is written, blanks and defaults settled. */
  read(written: Written): { readonly settings: Settings } | { readonly mistakes: readonly string[] };
}

/** The text of each variable; undefined: it was left out and has no default. */
export type Written = Readonly<Record<string, string | undefined>>;

/**
 * Declares the settings of a room.
 * @param toSettings gives them the names by which the room knows them
 * @example
 * const limitSettings = roomSettings({ REDIS_URL: setting(z.string().optional(), { about: '…' }) },
 *   ({ REDIS_URL }) => ({ redisUrl: REDIS_URL }));
 */
export function roomSettings<Declared extends Shape, Settings>(
  declared: Declared,
  toSettings: (read: Read<Declared>) => Settings,
): RoomSettings<Settings> {
  return {
    declared,
    read(written) {
      const mistakes: string[] = [];
      const entries = Object.entries(declared).map(([name, { check, secret }]) => {
        const { success, data, error } = check.safeParse(written[name]);
        if (success) return [name, data] as const;
        const got = secret ? 'a value that is not shown' : JSON.stringify(written[name]);
        mistakes.push(...error.issues.map(({ message }) => `${name} ${message}; got ${got}`));
        return [name, undefined] as const;
      });
      // Each value was checked by the schema that the shape has under its name.
      return mistakes.length > 0
        ? { mistakes }
        : { settings: toSettings(Object.fromEntries(entries) as Read<Declared>) };
    },
  };
}

/**
 * Reads the settings of one room alone, for a command that needs no others. A variable that is blank counts as left out.
 * @throws ConfigError
 */
export function readRoom<Settings>(
  { declared, read }: RoomSettings<Settings>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const written = Object.entries(declared).map(([name, { fallback }]) => [
    name,
    env[name]?.trim() || fallback,
  ]);
  const result = read(Object.fromEntries(written));
  if ('mistakes' in result) throw new ConfigError(result.mistakes);
  return result.settings;
}

/** Settings that cannot work. Its message lists every mistake, one a line, each with its variable's name. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

/** A setting read as a whole number. */
export function wholeNumber(least: number, most: number) {
  const must = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, must)
    .transform(Number)
    .refine((number) => number >= least && number <= most, must);
}

/** A setting read as a score. */
export const scoreSetting = z
  .string()
  .regex(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/, 'must be a number from 0 to 1, like 0.99')
  .transform(Number);

/** A setting read as pairs: `review=PREMOD,reject=REJECTED`. */
export function pairs<Value extends string>(names: RegExp, values: readonly Value[], must: string) {
  return z.string().transform((list, context): ReadonlyMap<string, Value> => {
    const read = new Map<string, Value>();
    for (const pair of list.split(',')) {
      const [name = '', written = '', ...rest] = pair.split('=').map((part) => part.trim());
      const value = values.find((known) => known === written);
      if (value !== undefined && names.test(name) && rest.length === 0) read.set(name, value);
      else {
        context.addIssue({ code: 'custom', message: must });
        break;
      }
    }
    return read;
  });
}
