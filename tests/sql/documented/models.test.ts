import {describe, expect, test} from 'vitest'
import type {MigrationScript, ModelTable} from '../../../src/sql/documented/index.ts'
import {loadPython, modelFacts} from '../../../src/sql/documented/index.ts'
import type {ConstraintFact} from '../../../src/sql/model.ts'
import {read, texts, wrongRanges} from './support.ts'

async function models(language: string, code: string): Promise<readonly ModelTable[]> {
  const document = read(`## S\n\n\`\`\`${language}\n${code}\n\`\`\`\n`)
  const {tables} = modelFacts(document, await loadPython(document))
  expect(wrongRanges(tables, document)).toEqual([])
  return tables
}

const shown = (one: ConstraintFact): string => {
  if (one.kind === 'check') return `check ${one.text}`
  const columns = one.columns.map(({key}) => key).join(',')
  return one.kind === 'foreign'
    ? `foreign ${columns} ${one.table.key}(${texts(one.target).join(',')}) ${one.onDelete?.text ?? ''}`.trim()
    : `${one.kind} ${columns}`
}

describe('prisma', () => {
  test('a model', async () => {
    const [user, post] = await models(
      'prisma',
      `model User {
  id String @id @default(uuid()) @db.Uuid // key
  role Role @default(USER)
  posts Post[]
  @@map("users")
}
model Post {
  id Int @id @default(autoincrement())
  title String? @unique @db.VarChar(80)
  authorId String @map("author_id")
  author User @relation(fields: [authorId], references: [id], onDelete: Cascade)
  @@index([authorId, title], map: "idx_a")
  @@unique([authorId, title])
}
enum Role { 
  USER
  ADMIN @map("admin")
}`,
    )
    expect([user?.name.text, user?.table?.text, post?.table?.text]).toEqual(['User', 'users', undefined])
    expect(user?.columns.map(({name, type, default: value}) => [name.text, type?.base, value?.text])).toEqual([
      ['id', 'uuid', 'uuid()'],
      ['role', 'enum', 'USER'],
    ])
    expect(texts(user?.columns[1]?.type?.values ?? [])).toEqual(['USER', 'admin'])
    expect(user?.relations.map(({field, to, many}) => [field.text, to.text, many])).toEqual([['posts', 'Post', true]])
    expect(post?.columns.map(({name, nullable, generated}) => [name.text, nullable, generated])).toEqual([
      ['id', false, true],
      ['title', true, false],
      ['author_id', false, false],
    ])
    expect(post?.constraints.map((one) => shown(one))).toEqual([
      'primary id',
      'unique title',
      'foreign author_id users(id) Cascade',
      'unique author_id,title',
    ])
    expect(post?.indexes.map(({name, columns}) => [name?.text, ...texts(columns)])).toEqual([
      ['idx_a', 'authorId', 'title'],
    ])
  })

  test.for(['model', 'model A {', 'model A {\n}\n}', 'enum {', '@@index([a'])('broken: %s', async (code) => {
    expect((await models('prisma', code)).flatMap(({columns}) => columns)).toEqual([])
  })
})

describe('python', () => {
  test.for([
    ['id: UUID = Field(default_factory=uuid4, primary_key=True)', 'id uuid false uuid4', ['primary id']],
    ['a: Optional[str] = Field(default=None, max_length=9, unique=True)', 'a varchar(9) true', ['unique a']],
    ['b: int = Field(foreign_key="c.id")', 'b integer false', ['foreign b c(id)']],
    [
      'a = Column("x", String(50), ForeignKey("c.id", ondelete="CASCADE"), nullable=False)',
      'x varchar(50) false',
      ['foreign x c(id) CASCADE'],
    ],
    ['a: Mapped[int | None] = mapped_column(default=3)', 'a integer true 3', []],
    ['n: str = "x"', 'n text false "x"', []],
  ] as const)('%s', async ([line, column, constraints]) => {
    const [table] = await models('python', `class A(SQLModel, table=True):\n    __tablename__ = "as"\n    ${line}\n`)
    const [found] = table?.columns ?? []
    const size = found?.type?.size.length ? `(${found.type.size.join(',')})` : ''
    expect(
      `${found?.name.text} ${found?.type?.base}${size} ${found?.nullable} ${found?.default?.text ?? ''}`.trim(),
    ).toBe(column)
    expect(table?.table?.text).toBe('as')
    expect(table?.constraints.map((one) => shown(one))).toEqual(constraints)
  })

  test('relations, table options, and classes that are no tables', async () => {
    const [table, other] = await models(
      'python',
      `class A(SQLModel, table=True):
    __table_args__ = (UniqueConstraint('a', 'b', name='u'), Index('i', 'a', unique=True))
    bs: list["B"] = Relationship(back_populates="a")

class B(BaseModel):
    id: int`,
    )
    expect(other).toBeUndefined()
    expect(table?.constraints.map((one) => shown(one))).toEqual(['unique a,b'])
    expect(table?.indexes.map(({name, unique}) => [name?.text, unique])).toEqual([['i', true]])
    expect(table?.relations.map(({field, to, many}) => [field.text, to.text, many])).toEqual([['bs', 'B', true]])
  })

  test('nothing is loaded without a fence', async () => expect(await loadPython(read('## S\n'))).toBeUndefined())
})

async function migration(up: string): Promise<MigrationScript | undefined> {
  const document = read(
    `- a\n\n  \`\`\`python\n  def upgrade():\n      ${up}\n\n  def downgrade():\n      op.drop_table('é🚲')\n  \`\`\`\n`,
  )
  const {migrations} = modelFacts(document, await loadPython(document))
  expect(wrongRanges(migrations, document)).toEqual([])
  return migrations[0]
}

test.for([
  [
    "op.create_table('a', sa.Column('id', sa.Integer(), primary_key=True), sa.UniqueConstraint('id'))",
    ['create-table'],
  ],
  ["op.add_column('a', sa.Column('b', sa.String(9), nullable=False))", ['add-column']],
  ["op.drop_column('a', 'b')", ['drop-column']],
  [
    "op.alter_column('a', 'b', type_=sa.Text(), nullable=False, new_column_name='c')",
    ['alter-type', 'set-not-null', 'rename-column'],
  ],
  ["op.create_index(op.f('ix_a'), 'a', ['b'], unique=True)", ['create-index']],
  ["op.drop_index('ix_a', table_name='a')", ['drop-index']],
  ["op.create_foreign_key('fk', 'a', 'b', ['b_id'], ['id'], ondelete='CASCADE')", ['add-constraint']],
  ["op.create_check_constraint('ck', 'a', \"s IN ('x', 'y')\")", ['add-constraint']],
  ["op.drop_constraint('fk', 'a', type_='foreignkey')", ['drop-constraint']],
  ["op.rename_table('a', 'b')", ['rename-table']],
  ["op.execute('UPDATE a SET b = 1')", ['other']],
  ["op.create_table('{{t}}', sa.Column('{{c}}', sa.{{Type}}(), nullable={{True/False}}))", ['create-table']],
  ['pass', []],
] as const)('alembic: %s', async ([up, kinds]) => {
  const found = await migration(up)
  expect(found?.upgrade.flatMap(({operations}) => operations.map(({kind}) => kind))).toEqual(kinds)
  expect(found?.downgrade.map(({text}) => text)).toEqual(["op.drop_table('é🚲')"])
})
