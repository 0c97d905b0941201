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
  incumbent succumb vacuum talcum locum modicum
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
  flagrant fragment
  dickcissel predict predicted prediction contradict dictator dictate diction indicted verdict edict
  knickers snicker bicker
  method menthol whole wholesale whorl horde hoard
  bitumen ambition inhibition exhibition rabbit orbit arbiter habitat
  butter button butler rebuttal tribute attribute contribute distribute buttress
  spunky skunk funk flunk chunk trunk punk
  twist tweet twill
  swanky thank wander
  cannot annual annul manual january
  sheet sheer cheat shot shut short sit suit
  duck luck buck truck puck muck tuck firetruck
  bag fog flag fat fan tag
  bastion
  country county counter count account counsel discount
  penal peninsula pension peninsular happens penance pencil
  virgin imagination
  ditch pitch witch stitch hitch batch birch beach
  dam dame damage adamant condemn damsel
`
  .trim()
  .split(/\s+/);
