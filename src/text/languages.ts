import { franc } from 'franc';

/** The languages in Latin letters that the lexicon was learned from, by their BCP 47 tags: franc's code, where it knows the language. */
export const LANGUAGES: ReadonlyMap<string, string | undefined> = new Map(
  Object.entries({
    af: 'afr',
    az: 'azj',
    bs: 'bos',
    ca: 'cat',
    cs: 'ces',
    cy: undefined,
    da: 'dan',
    de: 'deu',
    eo: 'epo',
    es: 'spa',
    et: undefined,
    eu: undefined,
    fi: 'fin',
    fr: 'fra',
    ga: undefined,
    hr: 'hrv',
    hu: 'hun',
    id: 'ind',
    is: undefined,
    it: 'ita',
    la: undefined,
    lg: 'lug',
    lt: 'lit',
    lv: 'lvs',
    mi: undefined,
    ms: 'zlm',
    nb: 'nob',
    nl: 'nld',
    nn: 'nno',
    pl: 'pol',
    pt: 'por',
    ro: 'ron',
    sk: 'slk',
    sl: 'slv',
    sn: 'sna',
    so: 'som',
    sq: undefined,
    st: 'sot',
    sv: 'swe',
    sw: 'swh',
    tl: 'tgl',
    tn: 'tsn',
    tr: 'tur',
    ts: 'tso',
    vi: 'vie',
    xh: 'xho',
    yo: 'yor',
    zu: 'zul',
    'bn-Latn': undefined,
    'gu-Latn': undefined,
    'hi-Latn': undefined,
    'mr-Latn': undefined,
    'pa-Latn': undefined,
    'ta-Latn': undefined,
    'te-Latn': undefined,
  }),
);

const standardNames = new Intl.DisplayNames('en', { type: 'language' });

/** Names under which readers of English-language papers in these countries know the language, where the standard has another. */
const USUAL_NAMES = new Map([
  ['bn', 'Bengali'],
  ['tl', 'Tagalog'],
]);

/**
 * The name of a language in English.
 * @param code a code of `LANGUAGES`
 * @example
 * languageName('fr'); // French
 * languageName('hi-Latn'); // Hindi in Latin letters
 */
export function languageName(code: string): string {
  const [language = code, script] = code.split('-');
  const name = USUAL_NAMES.get(language) ?? standardNames.of(language) ?? language;
  return script === 'Latn' ? `${name} in Latin letters` : name;
}

/** A language whose words weigh at least this part of the first one's may be the one after all. */
const IN_THE_RUNNING = 0.5;
/** What the words of a language must weigh to name it: about one that only it has. */
const LEAST_WEIGHT = 8;
/** franc takes time by the letter, and tells close languages apart by this many. */
const LONGEST_SAMPLE = 500;

/**
 * The language of a text that is not English: the one whose words it has, and where several have them, the one of
 * these that franc says.
 * @param votes for each language's code, how much its words weigh in the text, in half nats
 * @returns its code; undefined where that would be a guess
 */
export function languageOf(text: string, votes: ReadonlyMap<string, number>): string | undefined {
  const ranked = [...votes].sort(([, a], [, b]) => b - a);
  const [first] = ranked;
  if (!first || first[1] < LEAST_WEIGHT) return undefined;
  const [likely, most] = first;
  const running = ranked.filter(([, weight]) => weight >= most * IN_THE_RUNNING).map(([code]) => code);
  const only = running.flatMap((code) => LANGUAGES.get(code) ?? []);
  if (LANGUAGES.get(likely) === undefined || only.length < 2) return likely;
  const said = franc(text.slice(0, LONGEST_SAMPLE), { only });
  return running.find((code) => LANGUAGES.get(code) === said) ?? likely;
}
