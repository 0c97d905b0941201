import { franc } from 'franc';

interface Language {
  /** In English. */
  readonly name: string;
  /** Its ISO 639-3 code where franc knows the language. */
  readonly franc?: string;
}

/** The languages in Latin letters that the lexicon was learned from. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries({
    af: { name: 'Afrikaans', franc: 'afr' },
    az: { name: 'Azerbaijani', franc: 'azj' },
    bs: { name: 'Bosnian', franc: 'bos' },
    ca: { name: 'Catalan', franc: 'cat' },
    cs: { name: 'Czech', franc: 'ces' },
    cy: { name: 'Welsh' },
    da: { name: 'Danish', franc: 'dan' },
    de: { name: 'German', franc: 'deu' },
    eo: { name: 'Esperanto', franc: 'epo' },
    es: { name: 'Spanish', franc: 'spa' },
    et: { name: 'Estonian' },
    eu: { name: 'Basque' },
    fi: { name: 'Finnish', franc: 'fin' },
    fr: { name: 'French', franc: 'fra' },
    ga: { name: 'Irish' },
    hr: { name: 'Croatian', franc: 'hrv' },
    hu: { name: 'Hungarian', franc: 'hun' },
    id: { name: 'Indonesian', franc: 'ind' },
    is: { name: 'Icelandic' },
    it: { name: 'Italian', franc: 'ita' },
    la: { name: 'Latin' },
    lg: { name: 'Ganda', franc: 'lug' },
    lt: { name: 'Lithuanian', franc: 'lit' },
    lv: { name: 'Latvian', franc: 'lvs' },
    mi: { name: 'Maori' },
    ms: { name: 'Malay', franc: 'zlm' },
    nb: { name: 'Norwegian', franc: 'nob' },
    nl: { name: 'Dutch', franc: 'nld' },
    nn: { name: 'Norwegian', franc: 'nno' },
    pl: { name: 'Polish', franc: 'pol' },
    pt: { name: 'Portuguese', franc: 'por' },
    ro: { name: 'Romanian', franc: 'ron' },
    sk: { name: 'Slovak', franc: 'slk' },
    sl: { name: 'Slovene', franc: 'slv' },
    sn: { name: 'Shona', franc: 'sna' },
    so: { name: 'Somali', franc: 'som' },
    sq: { name: 'Albanian' },
    st: { name: 'Sotho', franc: 'sot' },
    sv: { name: 'Swedish', franc: 'swe' },
    sw: { name: 'Swahili', franc: 'swh' },
    tl: { name: 'Tagalog', franc: 'tgl' },
    tn: { name: 'Tswana', franc: 'tsn' },
    tr: { name: 'Turkish', franc: 'tur' },
    ts: { name: 'Tsonga', franc: 'tso' },
    vi: { name: 'Vietnamese', franc: 'vie' },
    xh: { name: 'Xhosa', franc: 'xho' },
    yo: { name: 'Yoruba', franc: 'yor' },
    zu: { name: 'Zulu', franc: 'zul' },
    'bn-Latn': { name: 'Bengali in Latin letters' },
    'gu-Latn': { name: 'Gujarati in Latin letters' },
    'hi-Latn': { name: 'Hindi in Latin letters' },
    'mr-Latn': { name: 'Marathi in Latin letters' },
    'pa-Latn': { name: 'Punjabi in Latin letters' },
    'ta-Latn': { name: 'Tamil in Latin letters' },
    'te-Latn': { name: 'Telugu in Latin letters' },
  }),
);

/** A language whose words weigh at least this part of the first one's may be the one after all. */
const IN_THE_RUNNING = 0.5;
/** What the words of a language must weigh to name it: about one that only it has. */
const LEAST_WEIGHT = 8;
/** franc takes time by the letter, and tells close languages apart by this many. */
const LONGEST_SAMPLE = 500;

/**
 * Names the language of a text that is not English: the one whose words it has, and where several have them,
 * the one of these that franc says.
 * @param votes for each language's code, how much its words weigh in the text, in half nats
 * @returns its name in English; none where that would be a guess
 */
export function nameLanguage(text: string, votes: ReadonlyMap<string, number>): string | undefined {
  const ranked = [...votes].sort(([, a], [, b]) => b - a);
  const [first] = ranked;
  if (!first || first[1] < LEAST_WEIGHT) return undefined;
  const likely = LANGUAGES.get(first[0]);
  const running = ranked
    .filter(([, weight]) => weight >= first[1] * IN_THE_RUNNING)
    .flatMap(([code]) => LANGUAGES.get(code) ?? []);
  const only = running.flatMap((language) => language.franc ?? []);
  if (likely?.franc === undefined || only.length < 2) return likely?.name;
  const said = franc(text.slice(0, LONGEST_SAMPLE), { only });
  return (running.find((language) => language.franc === said) ?? likely).name;
}
