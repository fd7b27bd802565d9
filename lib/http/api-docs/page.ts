import { html } from "hono/html";
import { describeType, type Field, fieldsOf, fieldsWithin, type Html, nameOfReference } from "./describe-schema.ts";
import { type Operation, type ReadDocument, readDocument, type Schema } from "./read-document.ts";

/*
 * An OpenAPI document as a page for people: HTML without a script, so that it needs neither the network nor a weaker
 * content security policy, and reads in any browser.
 */

interface Call extends Operation {
	method: string;
	path: string;
}

const REFUSAL = /Refusal$/;

export function renderApiDocs(source: unknown, links: { style: string; document: string }): Html {
	const document = readDocument(source);
	const { info, tags, components } = document;
	const calls = Object.entries(document.paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]): Call => ({ ...operation, method, path })),
	);
	const names = Object.keys(components.schemas).filter((name) => !REFUSAL.test(name));
	return html`<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${info.title}: the API</title>
	<link rel="stylesheet" href="${links.style}">
</head>
<body>
	<nav aria-label="Contents">
		<h2>${info.title}</h2>
		<ul>
			${tags.map(({ name }) => html`<li><a href="#tag-${name}">${name}</a></li>`)}
			<li><a href="#schemas">Schemas</a></li>
			<li><a href="#refusals">Refusals</a></li>
		</ul>
	</nav>
	<main>
		<header>
			<h1>${info.title}: the API</h1>
			<p>${info.description}</p>
			<p>Version ${info.version}. Every path begins with <code>${document.servers[0].url}</code>.
			For programs: <a href="${links.document}">OpenAPI 3.1</a>.</p>
		</header>
		${tags.map(
			({ name, description }) => html`<section id="tag-${name}">
			<h2>${name}</h2>
			<p>${description}</p>
			${calls.filter((call) => call.tags.includes(name)).map((call) => renderCall(call, document))}
		</section>`,
		)}
		<section id="schemas">
			<h2>Schemas</h2>
			${names.map((name) => renderSchema(name, components.schemas[name]))}
		</section>
		<section id="refusals">
			<h2>Refusals</h2>
			<p>The answer is a JSON object with <code>code</code>, <code>status</code>, <code>message</code> and <code>data</code>.
			A code never changes its meaning.</p>
			${Object.entries(components.schemas)
				.filter(([name]) => REFUSAL.test(name))
				.map(([name, schema]) => renderRefusal(name, schema))}
		</section>
	</main>
</body>
</html>`;
}

function renderCall(call: Call, { components }: ReadDocument): Html {
	const body = call.requestBody?.content["application/json"]?.schema;
	const refused = Object.entries(call.responses).filter(([status]) => Number(status) >= 400);
	const answered = Object.entries(call.responses).filter(([status]) => Number(status) < 400);
	return html`<details id="${call.operationId}">
		<summary><span class="method ${call.method}">${call.method.toUpperCase()}</span> <code>${call.path}</code>
			<span class="summary">${call.summary}</span></summary>
		<h3>Who may call</h3>
		${renderSecurity(call.security, components.securitySchemes)}
		${call.parameters.length > 0 && html`<h3>In the address</h3>${renderFields(call.parameters.flatMap(fieldOfParameter))}`}
		${body && html`<h3>Body</h3>${renderBody(body)}`}
		<h3>Answers</h3>
		${answered.map(([status, { content }]) => renderAnswer(status, content))}
		<h3>Refusals</h3>
		<p class="codes">${refused.flatMap(([status, { content }]) => renderCodes(status, content))}</p>
	</details>`;
}

function renderSecurity(security: Call["security"], schemes: ReadDocument["components"]["securitySchemes"]): Html {
	if (security.length === 0) return html`<p>Anyone.</p>`;
	const ways = security.flatMap((way) => {
		const names = Object.keys(way);
		if (names.length === 0) return [html`<li>Without a token, on the machine itself.</li>`];
		return names.map((name) => html`<li><code>${name}</code> ${schemes[name]?.description}</li>`);
	});
	return html`<ul>${ways}</ul>`;
}

function fieldOfParameter({ name, required, schema }: Call["parameters"][number]): Field[] {
	return fieldsOf({ properties: { [name]: schema }, required: required ? [name] : [] });
}

function renderBody(schema: Schema): Html {
	const fields = fieldsWithin(schema, "");
	return fields.length > 0 ? renderFields(fields) : html`<p>${describeType(schema)}</p>`;
}

function renderAnswer(status: string, content: Operation["responses"][string]["content"]): Html {
	const [type, { schema } = { schema: undefined }] = Object.entries(content ?? {})[0] ?? [];
	if (!schema) return html`<p><b>${status}</b> without a body</p>`;
	if (type === "text/event-stream")
		return html`<p><b>${status}</b> server-sent events: ${describeType(dataOfEvents(schema))}</p>`;
	if (schema.$ref !== undefined) return html`<p><b>${status}</b> ${describeType(schema)}</p>`;
	return html`<p><b>${status}</b></p>${renderBody(schema)}`;
}

/** A stream's schema is one of its kinds of events; `message` has the data. */
function dataOfEvents(schema: Schema): Schema {
	return schema.oneOf?.[0]?.properties?.data ?? schema;
}

function renderCodes(status: string, content: Operation["responses"][string]["content"]): Html[] {
	const { schema } = content?.["application/json"] ?? {};
	const references = schema?.anyOf ?? (schema ? [schema] : []);
	return references.map(({ $ref = "" }) => {
		const name = nameOfReference($ref);
		return html`<span><a href="#schema-${name}">${codeOf(name)}</a> (${status})</span> `;
	});
}

/** TopicUnknownRefusal is TOPIC_UNKNOWN. */
function codeOf(name: string): string {
	return name
		.replace(REFUSAL, "")
		.replace(/(?!^)(?=[A-Z])/g, "_")
		.toUpperCase();
}

// A browser opens what is folded where an address leads into it: the name is on the content.
function renderSchema(name: string, schema: Schema | undefined): Html {
	return html`<details><summary><b>${name}</b> <span class="summary">${schema?.description}</span></summary>
		<div id="schema-${name}">${schema && renderBody(schema)}</div></details>`;
}

function renderRefusal(name: string, { properties = {} }: Schema): Html {
	const data = properties.data ? fieldsWithin(properties.data, "data") : [];
	return html`<details>
		<summary><code>${codeOf(name)}</code> <span class="summary">${String(properties.status?.const)}: ${properties.message?.description}</span></summary>
		<div id="schema-${name}">${data.length > 0 ? renderFields(data) : html`<p>Without data.</p>`}</div></details>`;
}

function renderFields(fields: readonly Field[]): Html {
	return html`<table>
		<thead><tr><th>field</th><th>type</th><th>note</th></tr></thead>
		<tbody>${fields.map(
			({ path, type, isOptional, note }) =>
				html`<tr><td><code>${path}</code></td><td>${type}</td><td>${isOptional ? (note ? `optional; ${note}` : "optional") : note}</td></tr>`,
		)}</tbody>
	</table>`;
}
