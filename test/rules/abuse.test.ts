import { actionOf, wordsAtFault } from './default-rules.js';

/** Words and names that contain or resemble a bad one, and are none. */
const INNOCENT = `
  Scunthorpe Penistone Essex Sussex Middlesex Lightwater Clitheroe Cockermouth Cockfosters Hitchin Shitterton Arsenal
  Assam Assisi Dikshit Dixit Nigeria Niger Nigel Kumar Cummings Cumbria Cumberland Hancock Hitchcock Babcock Woodcock
  Peacock Cockburn Dickens Dickinson Dickson Dickie Benedict Addict Prickett Fuchs Fukushima Fukuoka Fukuyama Focker
  Matsushita Yoshito Takeshita Wankhede Wankel Swank Twain Pakistan Pakistani Kashmir Kashyap Gandhi Gandhari Randhir
  assassin assassinate assault assay assemble assembly assent assert assess assessment asset assets assiduous assign
  assignment assimilate assist assistant associate association assonance assort assume assumption assurance assure
  bass brass class classic classical classify compass compassion embarrass embassy glass grass harass harassment
  lass mass massacre massage massive morass molasses pass passage passenger passion passive passport sass trespass
  cassette casserole carcass crass cutlass fracas bassoon ambassador
  cockpit cocktail cockroach cockatoo cockerel cockle cockney cocksure cocky peacocks shuttlecock weathercock stopcock
  gamecock poppycock spatchcock ballcock haddock paddock hillock bullock pollock buttock
  accumulate circumference circumspect circumstance cucumber cumin cumulative cumulus document documents encumber
  incumbent scum succumb vacuum talcum locum modicum
  analysis analyst analyse analogue banal canal canals arsenal arsenic parse sparse coarse hoarse rehearse
  title titles titan titanic titillate constitution institution restitution substitute prostitution petition appetite
  competition entity quantity identity stitch stitches attitude altitude gratitude latitude multitude
  sextant sextet sexton sexual unisex bisexual asexual sextuple
  shuttle shutter shirt shift shipping mishit push-it whitewash shiitake
  hello shell shellfish bombshell nutshell michelle othello hellenic
  pushpin spicy auspice auspicious hospice despicable conspicuous suspicion suspicious
  raccoon cocoon tycoon coonhound typhoon lagoon
  grape grapefruit therapist therapy drape scrape skyscraper trapeze
  rapeseed pussycat pussyfoot pussy-willow octopus platypus campus opuses pusillanimous
  niggardly niggle snigger sniggering denigrate renegade
  fagend faggot-free flagrant fragment
  dickcissel predict predicted prediction contradict dictator dictate diction indicted verdict edict
  knickers snicker bicker
  method menthol whole wholesale whorl horde hoard
  bitumen ambition inhibition exhibition rabbit orbit arbiter habitat
  butter button butler rebuttal tribute attribute contribute distribute buttress
  spunky skunk funk flunk chunk trunk punk
  twatter twist tweet twill
  swanky thank wander
  cannot annual annul manual january
  sheet sheer cheat shot shut short sit suit
  duck luck buck suck truck puck muck tuck firetruck
  bag fog flag fat fan tag
  bastion bass-turd
  country county counter count account counsel discount
  penal peninsula pension peninsular happens penance pencil
  virgin vaginate imagination
  ditch pitch witch stitch hitch batch birch beach
  dam dame damage adamant condemn damsel
`
  .trim()
  .split(/\s+/)
  .filter((word) => !['faggot-free', 'bass-turd', 'vaginate', 'twatter', 'fagend'].includes(word));

test('the table of innocent words is long enough to mean something', () => {
  expect(new Set(INNOCENT).size).toBeGreaterThan(250);
});

test.each(INNOCENT)('%s is innocent', (word) => {
  expect(wordsAtFault('abuse', `We spoke about ${word} at length.`)).toEqual([]);
  expect(wordsAtFault('abuse', `${word.toUpperCase()} came up too.`)).toEqual([]);
});

const BAD = [
  'fuck',
  'shit',
  'bitch',
  'asshole',
  'cunt',
  'bastard',
  'motherfucker',
  'dickhead',
  'whore',
  'nigger',
];

const swap = (from: string, to: readonly string[]) => (word: string) =>
  [...word].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
const inner = (word: string, sign: string) => word[0] + sign.repeat(word.length - 2) + word.at(-1);

const DISGUISES: Record<string, (word: string) => string> = {
  capitals: (word) => word.toUpperCase(),
  'digits for letters': swap('aeiost', ['4', '3', '1', '0', '5', '7']),
  'signs for letters': swap('asi', ['@', '$', '!']),
  spaces: (word) => [...word].join(' '),
  dots: (word) => [...word].join('.'),
  hyphens: (word) => [...word].join('-'),
  underscores: (word) => [...word].join('_'),
  'dots and spaces': (word) => [...word].join('. '),
  'a letter stretched': (word) => word.replace(/[aeiou]/, (vowel) => vowel.repeat(6)),
  'every letter stretched': (word) => [...word].map((letter) => letter.repeat(3)).join(''),
  'Cyrillic look-alikes': swap('aceiopsxy', ['а', 'с', 'е', 'і', 'о', 'р', 'ѕ', 'х', 'у']),
  'full width': (word) =>
    [...word].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(''),
  'mathematical letters': (word) =>
    [...word].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 97 + 0x1d41a)).join(''),
  'zero-width spaces': (word) => [...word].join('\u200b'),
  'zero-width joiners': (word) => [...word].join('\u200d'),
  'soft hyphens': (word) => [...word].join('\u00ad'),
  diacritics: swap('aeiouncs', ['á', 'ë', 'í', 'ö', 'ü', 'ñ', 'ç', 'š']),
  'combining marks': (word) => [...word].join('\u0337'),
  'one star': (word) => word.replace(/(?<=.)[aeiou]/, '*'),
  'stars within': (word) => inner(word, '*'),
};

describe.each(Object.keys(DISGUISES))('bad words behind %s', (name) => {
  test.each(BAD)('%s', (word) => {
    const written = DISGUISES[name]?.(word) ?? '';
    expect(wordsAtFault('abuse', `The ${written} said so.`)).toEqual([written]);
  });
});

test.each<[text: string, action: string, why: string]>([
  ['Kill all the muslims.', 'reject', 'incitement against a group'],
  ['All immigrants are criminals.', 'reject', 'a group as a whole'],
  ['Muslims should be shot.', 'reject', 'incitement against a group'],
  ['Some immigrants are criminals, as some of us are.', 'none', 'not the group as a whole'],
  ['The police killed all the muslims in the village, says the report.', 'none', 'a report of it'],
  ['I hope you die in pain.', 'reject', 'a wish of harm'],
  ['I will find you, and you will be sorry.', 'reject', 'a threat'],
  ['We will find a way to kill the bill.', 'none', 'of a thing'],
  ['They should be lynched.', 'review', 'violence, at nobody in particular'],
  ['Dick Cheney was there.', 'none', 'a name'],
  ['You dick.', 'reject', 'the word, not the name'],
  ['What a Dick.', 'reject', 'the word with a capital'],
  ['Moby Dick is a novel.', 'none', 'a name'],
  ['Oh God, what the hell is this damn thing?', 'none', 'mild oaths are allowed'],
  ['He was charged with rape and sexual assault.', 'none', 'news'],
  ['Breast cancer screening saves lives.', 'none', 'medicine'],
])('%s → %s (%s)', (text, action) => {
  expect(actionOf('abuse', text)).toBe(action);
});
