import fc from 'fast-check';
import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import type { Finding } from '../../src/detectors/detector.js';
import { UNCOUNTED } from '../../src/detectors/detector.js';
import { language } from '../../src/detectors/language.js';
import { steepTexts } from '../helpers/growth.js';

const detector = language.prepare(language.options.parse({}), new Map());

function find(text: string, by = detector): Finding {
  const comment = new Comment(text);
  return by.detect(comment, [], readLinear(comment), UNCOUNTED);
}

/** Text, and why it is English or not. */
const ENGLISH: readonly (readonly [text: string, why: string])[] = [
  ['I agree.', 'short'],
  ['Well said, sir.', 'short'],
  ['Great article.', 'short; German to some detectors'],
  ['Modi is the best.', 'a name and little else'],
  ['The North Koreans only need guarantees about their security.', 'Scots to some detectors'],
  ['Nonsense!', 'one word'],
  ['No', 'one word that Spanish and Italian have too'],
  ['Amen', 'one word that many languages have'],
  ['lol', 'chat'],
  ['omg wtf', 'chat'],
  ['u r rite bro', 'text-speak'],
  ['thx 4 dis', 'text-speak'],
  ['Dont b a fool yaar, dey r all d same', 'text-speak with a Hindi word'],
  ['Ths s n xmpl', 'no vowels'],
  ['goverment shud do somthing abt dis', 'typing errors'],
  ['Very nice artical', 'typing error'],
  ['Soooooo true', 'stretched'],
  ['Ha ha ha', 'laughter'],
  ['hahahahaha', 'laughter'],
  ['Hmm', 'a sound'],
  ['Jai Hind!', 'Indian English only'],
  ['Bharat Mata ki Jai', 'a slogan'],
  ['Vande Mataram', 'a slogan'],
  ['Aam aadmi will never get justice.', 'Indian English'],
  ['He paid five lakh rupees for it.', 'Indian English'],
  ['Four crores and two lakhs were spent on this dharna.', 'Indian English'],
  ['desi yaar sahib', 'Indian English only'],
  ['Another bandh, another hartal, ji.', 'Indian English'],
  ['Swaraj is my birthright.', 'Indian English'],
  ['Bakwas article.', 'one Hindi word that English readers use'],
  ['Thanks a lot, sirji!', 'a Hindi ending'],
  ['Chowkidar chor hai is what he shouted at the rally in Pune.', 'some Hindi in an English sentence'],
  ['Nitish Kumar, Lalu Prasad Yadav', 'names only'],
  ['Dr. Subramanian Swamy', 'names only'],
  ['Kudos to Rahul Gandhi and Mamata Banerjee', 'mostly names'],
  ['RSS BJP AAP', 'parties only'],
  ['Modi Modi Modi', 'a name, repeated'],
  ['Uzbekistan.', 'a country only'],
  ['Ken Rice', 'a name only'],
  ['Los Angeles is gone.', 'a Spanish name at the start'],
  ['Mein Kampf was on the list', 'a German name at the start'],
  ["The Führer's Blitzkrieg into the Sudetenland", 'German words in English'],
  ["I love the café's crème brûlée", 'accents in English'],
  ['naïve résumé', 'accents in English'],
  ['She said "Je ne regrette rien" and meant every word of it.', 'a quoted foreign sentence'],
  ['As the saying goes, "सत्यमेव जयते", and I believe it to be so.', 'a quoted sentence in another script'],
  ['The word हिन्दी means Hindi.', 'one word in another script'],
  ['π is 3.14', 'a Greek letter'],
  ['αβγ rays are taught in class ten', 'Greek letters'],
  ['https://www.lemonde.fr/politique/article/2020/les-elections-en-france.html', 'a link'],
  ['contact marie.dupont@exemple.fr', 'an e-mail address'],
  ['@narendramodi @rahulgandhi', 'names of accounts'],
  ['#BharatMataKiJai #MainBhiChowkidar', 'tags'],
  ['😀😀👍', 'no letters'],
  ['100% 2024', 'no letters'],
  ['!!!', 'no letters'],
  ['', 'nothing'],
  ['E=mc2', 'a formula'],
  ['f*ck u a$$hole', 'obscene, in disguise'],
  ['FUUUUCK YOU', 'obscene, stretched'],
  ['f u c k', 'obscene, spaced'],
  ['fuk u biatch', 'obscene, misspelt'],
  ['sh!t', 'obscene, in disguise'],
  ['ƒuck yöü', 'obscene, in look-alike letters'],
  ['fцck you', 'obscene, with a Cyrillic letter'],
  ['hоw аrе yоu', 'with Cyrillic letters for o, a and e'],
  ['сор', 'look-alikes only: cop'],
  ['GO DIE IN A HOLE', 'words that German and others have too, and none that English has not'],
  ['die motherfucker die! die motherfucker die!', 'the same'],
  ['Online classes?', 'international words'],
  ['WHY ARE THEY SHOUTING ALL THE TIME', 'capitals'],
  ['Same goes for Haji Zainul Taghizadeh.', 'a foreign name that nobody has listed'],
  ['Let us go to Machu Picchu via Ollantaytambo', 'foreign names of places'],
  ['Kudos to Waheed Jatoi', 'names and little else'],
  ['The Uighurs, the Yazidis and the Druze', 'peoples and faiths'],
  ['Sunnis and Shias', 'faiths only'],
];

const FOREIGN: readonly (readonly [text: string, why: string])[] = [
  ["Je ne suis pas d'accord avec vous.", 'French'],
  ['Bonjour tout le monde', 'French, short'],
  ['Das ist doch Unsinn.', 'German, words that English has too'],
  ['Was für ein Quatsch', 'German'],
  ['No estoy de acuerdo con el autor.', 'Spanish'],
  ['ESTO ES UNA VERGUENZA', 'Spanish in capitals'],
  ['Questo articolo è ridicolo', 'Italian'],
  ['Este artigo é uma vergonha', 'Portuguese'],
  ['Dit is een schande', 'Dutch'],
  ['To jest wstyd', 'Polish'],
  ['Detta är en skam', 'Swedish'],
  ['Nem értek egyet', 'Hungarian'],
  ['Hindi ako sang-ayon sa iyo.', 'Tagalog'],
  ['Saya tidak setuju dengan artikel ini.', 'Indonesian'],
  ['Bu makaleye katılmıyorum.', 'Turkish'],
  ['Tôi không đồng ý với bài viết này', 'Vietnamese'],
  ['toi khong dong y voi bai viet nay', 'Vietnamese without accents'],
  ['Yeh sarkar bilkul bekar hai', 'Hindi in Latin letters'],
  ['Modi ji bahut accha kaam kar rahe hain', 'Hindi with a name'],
  ['Ye log desh ko barbad kar rahe hain', 'Hindi'],
  ['Main to kehta hu ki ye sab galat hai', 'Hindi with words that English has too'],
  ['kya bakwas hai', 'Hindi, short'],
  ['bilkul sahi', 'Hindi, two words'],
  ['mera bharat mahan', 'Hindi, short'],
  ['Maine article read kiya but mujhe kuch samajh nahi aaya', 'Hindi with some English'],
  ['yeh hukumat bilkul nakaam ho chuki hai', 'Urdu in Latin letters'],
  ['Indha arasu romba mosam', 'Tamil in Latin letters'],
  ['Ee prabhutvam chala chetta ga undi', 'Telugu in Latin letters'],
  ['Ami tomar sathe ekmot noi', 'Bengali in Latin letters'],
  ['Ningal parayunnathu sathyamalla', 'Malayalam in Latin letters'],
  ['यह सरकार बेकार है', 'Hindi'],
  ['இந்த அரசு வேண்டாம்', 'Tamil'],
  ['یہ حکومت بیکار ہے', 'Urdu'],
  ['Это правда', 'Russian'],
  ['как тот нос', 'Russian in letters that look Latin'],
  ['没有意义', 'Chinese'],
  ['我觉得 iPhone 很好', 'Chinese with a Latin name'],
  ['これはひどい', 'Japanese'],
  ['이것은 나쁘다', 'Korean'],
  ['यह सरकार bilkul bekar hai', 'Hindi in two scripts'],
  ['"Je ne regrette rien, et je ne suis pas d\'accord avec vous."', 'all of it a quotation'],
  ['El director general no pot parlar.', 'Catalan, four of six words in English too'],
  ['De president is in gesprek met de minister.', 'Dutch, most words in English too'],
  ['La prensa local no informa.', 'Spanish, one word that English has not'],
  ['Regina in horto cum puella ambulat.', 'Latin'],
  ['Non est ad astra mollis e terris via.', 'Latin'],
];

test.each(ENGLISH)('English: %s (%s)', (text) => {
  expect(find(text).score).toBeLessThan(0.5);
});

test.each(FOREIGN)('not English: %s (%s)', (text) => {
  expect(find(text).score).toBeGreaterThanOrEqual(0.5);
});

test('is surer of a long comment than of a short one', () => {
  const short = find('To jest wstyd').score;
  const long = find('To jest wstyd, nie zgadzam się z tym artykułem i nigdy się nie zgodzę.').score;
  expect(short).toBeLessThan(0.9);
  expect(long).toBeGreaterThan(0.95);
});

describe('note', () => {
  test.each([
    ["Je ne suis pas d'accord avec vous, monsieur.", 'French'],
    ['Das ist doch nicht wahr, und ich glaube es nicht.', 'German'],
    ['Saya tidak setuju dengan artikel ini.', 'Indonesian'],
    ['Hindi ako sang-ayon sa iyo dahil mali ang mga sinabi mo.', 'Tagalog'],
    ['Yeh sarkar bilkul bekar hai', 'Hindi in Latin letters'],
    ['यह सरकार बेकार है', 'Devanagari script'],
    ['Это правда', 'Cyrillic script'],
    ['これはひどい', 'Japanese script'],
    ['ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ', 'another script'],
    ['I agree with every word.', undefined],
  ])('%s: %s', (text, note) => {
    expect(find(text).note).toBe(note);
  });
});

describe('spans', () => {
  test.each([
    ['Yeh sarkar bilkul bekar hai', ['bilkul bekar hai'], 'all but names and words that English has'],
    ['Well said! यह सरकार बेकार है और रहेगी', ['यह सरकार बेकार है और रहेगी'], 'the stretch in another script'],
    ['𝐖𝐞𝐥𝐥: यह सरकार बेकार है', ['यह सरकार बेकार है'], 'offsets are those of the source'],
    ['I agree with every word.', [], 'none'],
  ])('%s', (text, stretches) => {
    expect(find(text).spans.map(({ start, end }) => text.slice(start, end))).toEqual(stretches);
  });
});

describe('allowWords', () => {
  test.each([
    [{ allowWords: ['bilkul sahi'] }, new Map<string, string[]>(), 'each word of an entry'],
    [{ allowWords: ['{local}'] }, new Map([['local', ['Bilkul', 'SAHI']]]), 'a list'],
  ])('never count as foreign: %o', (options, lists) => {
    const allowing = language.prepare(language.options.parse(options), lists);
    expect(find('bilkul sahi').score).toBeGreaterThan(0.5);
    expect(find('bilkul sahi', allowing).score).toBeLessThan(0.1);
  });

  test('do not show by their letters either', () => {
    const text = 'Regina in horto cum puella ambulat.';
    const options = { allowWords: ['regina', 'horto', 'cum', 'puella', 'ambulat'] };
    const allowing = language.prepare(language.options.parse(options), new Map());
    expect(find(text).score).toBeGreaterThan(0.8);
    expect(find(text, allowing).score).toBeLessThan(0.2);
  });
});

test('any text has a score from 0 to 1 and spans within it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { score, spans } = find(text);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(find)).toEqual([]);
});
