import { Comment } from '../../src/comment/comment.js';
import { aimOf } from '../../src/discourse/target.js';

const CONTEXT = { author: 'N. Ram', participants: ['Ravi K.', 'Meena'] };

/** Every word that abuses in the texts below. */
const ABUSE = new Set(
  'idiot idiots moron fool stupid stooge imbecile liar thief clown traitors troll idiotic'.split(' '),
);

function aim(text: string): string {
  const comment = new Comment(text, CONTEXT);
  const isAbusive = (at: number) => ABUSE.has(comment.tokens[at]?.word ?? '');
  const from = comment.tokens.findIndex((_, at) => isAbusive(at));
  const { target, disowned } = aimOf(comment, from, from + 1, isAbusive);
  return disowned ? `${target}, ${disowned}` : target;
}

test.each<[text: string, target: string, why: string]>([
  ['You are an idiot.', 'reader', 'spoken to'],
  ["You're such an idiot!", 'reader', 'contracted'],
  ['u r a moron', 'reader', 'abbreviated'],
  ['youre a moron', 'reader', 'without the apostrophe'],
  ['ur an idiot', 'reader', 'abbreviated and contracted'],
  ['You must be a complete idiot.', 'reader', 'with a modal verb'],
  ['You will always be a fool.', 'reader', 'with a modal verb and an adverb'],
  ['You sound like an idiot.', 'reader', 'by comparison'],
  ['Are you an idiot?', 'reader', 'in a question'],
  ['You utter moron!', 'reader', 'called so'],
  ['you stupid idiot', 'reader', 'with another insult between'],
  ['You people are idiots.', 'reader', 'spoken to among others'],
  ['People like you are idiots.', 'reader', 'spoken to among others'],
  ['Idiots like you ruined us.', 'reader', 'likened to'],
  ['Read the article before you write, moron.', 'reader', 'called so at the end'],
  ['You are a liar and a thief.', 'reader', 'the first of two'],
  ['You are an idiot, and so is the author.', 'reader', 'spoken to, and somebody likened'],
  ['Are you really this stupid?', 'reader', 'in a question with an adverb'],
  ['You are a bald faced liar.', 'reader', 'two words after the article'],
  ["Don't be a moron.", 'reader', 'a command'],
  ['Stop being a fool.', 'reader', 'a command'],
  ['You are as stupid as ever.', 'reader', 'compared'],
  ['They speak of those who differ from you as stupid.', 'others', 'named by others'],
  ['Politicians are idiots.', 'others', 'a plural that opens a sentence'],
  ["Trump's an idiot.", 'name', 'contracted'],
  ["He kicked God's fool.", 'others', 'owned by a name'],
  ['Your an idiot.', 'reader', 'your for you are'],
  ['hey ignorant lib troll of stupid ideas', 'reader', 'hailed'],
  ['That idiot Trudeau is in power.', 'name', 'before a name'],
  ['Idiot!', 'bare', 'nobody is named'],
  ['What an idiot!', 'bare', 'nobody is named'],
  ['Read it again, fool.', 'bare', 'a command and a name to call'],
  ['The author is an idiot.', 'author', 'who wrote it'],
  ['This idiot author again.', 'author', 'before the noun'],
  ['The author of this piece is a moron.', 'author', 'with a phrase between'],
  ['Whoever wrote this is a moron.', 'author', 'by what they did'],
  ['N. Ram is a stooge.', 'author', 'by the name that the site gave'],
  ['Ravi is an idiot.', 'participant', 'by a name that the site gave'],
  ['Meena, as always, is a troll.', 'participant', 'with an aside'],
  ['Your whole family are traitors.', 'family', 'of the reader'],
  ['Your brain is idiotic.', 'reader', 'by a part'],
  ['He is an idiot.', 'person', 'of a third person'],
  ['That man is a clown.', 'person', 'of a third person'],
  ['Modi is a clown.', 'name', 'of somebody in the news'],
  ['I am not an idiot.', 'self, negated', 'of the commenter'],
  ['I was a fool to believe it.', 'self', 'of the commenter'],
  ['You are not an idiot.', 'reader, negated', 'denied'],
  ["You aren't an idiot.", 'reader, negated', 'denied by contraction'],
  ['He called you an idiot.', 'reader, reported', 'told of another'],
  ['I call you an idiot.', 'reader', 'said by the commenter'],
  ['He called me a moron.', 'self, reported', 'told of another, of the commenter'],
  ['Your argument is idiotic.', 'thing', 'of an argument'],
  ["The author's argument is idiotic.", 'thing', 'of an argument, owned'],
  ['ur stupid argument fails', 'thing', 'of an argument, abbreviated'],
  ['This is a stupid policy.', 'thing', 'of a policy'],
  ['The policy you praise is idiotic.', 'others', 'of a policy, with the reader near'],
  ['It is stupid.', 'thing', 'of a thing'],
  ['They are idiots.', 'others', 'of nobody in particular'],
  ['You know that the budget is idiotic.', 'thing', 'of a thing, with the reader in another clause'],
  ['Nobody called you an idiot.', 'reader, negated', 'by nobody'],
  ['I never said that you are an idiot.', 'reader, negated', 'never said'],
  ['You are not only an idiot but late.', 'reader', 'not only asserts it'],
  ["Don't be such an idiot.", 'reader', 'a command supposes it'],
  ["Isn't the author an idiot?", 'author', 'a question that expects yes'],
  ['I am not saying you are an idiot, but you are.', 'reader', 'denied and taken back'],
  ['Somebody wrote that you are an idiot.', 'reader, reported', 'written by another'],
  ['Whoever wrote this is an idiot.', 'author', 'a report of nothing'],
  ['I told you that you are an idiot.', 'reader', 'told by the commenter'],
  ['They say you are an idiot, and they are right.', 'reader', 'told and agreed with'],
  ['Your own mother would call you an idiot.', 'reader', 'what may be said'],
  ['Anyone who thinks that the dam is safe is an idiot.', 'others', 'said of those who think so'],
  ['Telling a reader "you are an idiot" is poor form.', 'reader, reported', 'objected to'],
  ['"You are an idiot" is no answer to a reader.', 'reader, quoted', 'quoted'],
  ['"You are an idiot."', 'reader', 'nothing but a quotation'],
  ['You are an "idiot".', 'reader', 'marks for scorn'],
  ['Stupid me!', 'self', 'of the commenter'],
  ['What a fool I have been!', 'self', 'of the commenter'],
  ['We Indians are idiots.', 'self', 'of the own group'],
  ['What an idiot you are.', 'reader', 'turned round'],
  ['It is you who are an idiot.', 'reader', 'set apart'],
  ['Your plan is stupid and so are you.', 'reader', 'carried on'],
])('%s → %s', (text, target) => {
  expect(aim(text)).toBe(target);
});
