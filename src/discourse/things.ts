import { wordSet } from '../text/function-words.js';

/** What is criticised without anybody being attacked: what people say, decide, make and vote for. */
const THINGS = wordSet(
  `idea ideas plan plans policy policies law laws rule rules bill bills act budget budgets scheme schemes tax taxes
   argument arguments logic point points claim claims theory reason reasons excuse excuses question questions answer
   answers comment comments comparison analogy article articles piece report reports story editorial headline column
   post posts reply remark word words view views belief beliefs opinion opinions debate rhetoric propaganda
   government govt party parties system state corporation institution regime office department ministry board council
   committee company bank court police administration management opposition 
   congress bjp aap dmk aiadmk cpm tmc shiv labour tories conservatives democrats republicans gop ukip snp opposition
   thing things stuff way ways move moves step measure measures project campaign strategy deal war wall plot
   film movie show song book game sport match joke jokes name title picture photo page site website app phone device
   mistake mistakes habit trend culture practice tradition ritual superstition process procedure experiment study
   traffic weather heat road roads train queue price prices cost life world year day time place
   reasoning thinking writing reporting planning ruling order judgment judgement verdict decree notice speech statement
   stand stance tweet interview spelling grammar coverage journalism ad advert design service software schedule timetable
   rally strike protest bandh ban curfew lockdown airport stadium dam bridge flyover tower statue
   attack stunt gimmick choice outcome result response reaction attitude approach nonsense`,
);
const THING_ENDING =
  /(?:ation|ition|ision|ction|ssion|ism|ness|ance|ence|ship|ology|ture|ment|ments|ations|itions|isions|ctions)$/;

/** Whether a word names a thing that may be criticised, not a person: `policy`, `argument`, `demonetisation`. */
export function isThing(word: string): boolean {
  return THINGS.has(word) || (word.length > 6 && THING_ENDING.test(word));
}
