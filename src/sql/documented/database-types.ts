import type {TypeFact} from '../model.ts'
import {type Stretch, group} from './stretch.ts'
import {isKnownType, typeOf} from './types.ts'

/** "String, unique, VARCHAR(80)", "DateTime, DATE": the type in the database, behind that of the program. */
export function typeOfDatabase(words: Stretch): TypeFact | undefined {
  const match = typeAlone.exec(words.text)
  const written = match ? group(words, match, 1) : undefined
  const type = written ? typeOf(written) : undefined
  return isKnownType(type) ? type : undefined
}

const typeAlone =
  /(?:^|,)\s*`?((?:VAR)?CHAR\(\d+\)|(?:NUMERIC|DECIMAL)\(\d+,\s*\d+\)|TEXT|DATE|TIMESTAMP(?:\(\d\))?|TIMESTAMPTZ(?:\(\d\))?|SMALLINT|BIGINT|INTEGER|UUID|JSONB)`?\s*(?=[,)]|$)/du
