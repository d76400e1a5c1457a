export {leftInWords, spokenDrops, unspoken} from './covers.ts'
export {isMeant, isNamed, kindsOf, mentionsOf, spokenNames} from './match.ts'
export type {ObjectKind, SpokenName, Speech} from './model.ts'
export {readSpeech} from './read.ts'
