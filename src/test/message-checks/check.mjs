// Checks messages against what others publish of their forms: a JSON array in the file that the
// argument names, each {"form": "webhook" | "teams" | "slack", "body"}. Prints what is wrong, a
// line each, and at last how many were checked.
import { createRequire } from "node:module";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HTTP } from "cloudevents";
import ts from "typescript";

const cards = createRequire(import.meta.url)("adaptivecards");
const messages = JSON.parse(readFileSync(process.argv[2], "utf8"));
const of = (form) => messages.filter((m) => m.form === form).map((m) => m.body);
const problems = [];

// The SDK checks a structured event when it reads it.
for (const body of of("webhook")) {
  try {
    const type = { "content-type": "application/cloudevents+json; charset=utf-8" };
    const event = HTTP.toEvent({ headers: type, body: JSON.stringify(body) });
    event.validate();
    // It makes up an id where there is none.
    for (const name of ["id", "source", "type", "subject"].filter((n) => event[n] !== body[n])) {
      problems.push(`webhook: ${name} is ${body[name]}, and was read as ${event[name]}`);
    }
  } catch (e) {
    problems.push(`webhook: ${e.message} ${JSON.stringify(e.errors ?? "")}`);
  }
}

// The parser says which values are wrong, and drops what it does not know: so what it writes must
// be what it read, letter case of keywords aside.
for (const body of of("teams")) {
  const [attachment, ...more] = body.attachments;
  if (body.type !== "message" || more.length > 0
      || attachment.contentType !== "application/vnd.microsoft.card.adaptive") {
    problems.push("teams: not a message with one card");
  }
  // Teams' own, beside the schema.
  const { msteams, ...card } = attachment.content;
  if (JSON.stringify(msteams) !== '{"width":"Full"}') {
    problems.push(`teams: msteams is ${JSON.stringify(msteams)}`);
  }
  const context = new cards.SerializationContext(cards.Versions.v1_2);
  const parsed = new cards.AdaptiveCard();
  parsed.parse(card, context);
  for (let i = 0; i < context.eventCount; i++) {
    problems.push(`teams: ${context.getEventAt(i).message}`);
  }
  for (const event of parsed.validateProperties().validationEvents) {
    problems.push(`teams: ${event.message}`);
  }
  const written = new cards.SerializationContext(cards.Versions.v1_2);
  compare(card, parsed.toJSON(written), "card");
}

function compare(ours, theirs, where) {
  if (ours !== null && typeof ours === "object") {
    for (const key of Object.keys(ours)) {
      compare(ours[key], theirs?.[key], `${where}.${key}`);
    }
  } else if (String(ours).toLowerCase() !== String(theirs).toLowerCase()) {
    problems.push(`teams: ${where} is ${ours}, and was read as ${theirs}`);
  }
}

// The compiler compares each message with Slack's own types, members that they lack included.
const file = fileURLToPath(new URL(`messages-${process.pid}.ts`, import.meta.url));
writeFileSync(
  file,
  'import type { KnownBlock } from "@slack/types";\n' +
    "type Message = { text: string; blocks: KnownBlock[] };\n" +
    of("slack").map((body, i) => `export const m${i}: Message = ${JSON.stringify(body)};\n`).join(""),
);
try {
  const options = {
    noEmit: true,
    strict: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const program = ts.createProgram([file], options);
  for (const found of ts.getPreEmitDiagnostics(program)) {
    problems.push(`slack: ${ts.flattenDiagnosticMessageText(found.messageText, " ")}`);
  }
} finally {
  rmSync(file);
}

problems.forEach((problem) => console.log(problem));
console.log(`checked ${messages.length}`);
