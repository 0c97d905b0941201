/** Words and names that contain or resemble a bad one, and are none. */
export const INNOCENT: readonly string[] = `
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

/** Obscene words to disguise. */
export const BAD: readonly string[] = [
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

/** Kinds of disguise, and how each writes a word in small Latin letters. */
export const DISGUISES: Readonly<Record<string, (word: string) => string>> = {
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
