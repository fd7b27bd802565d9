import { isIP } from "node:net";
import type { Answer, Question, SrvAnswer, StringAnswer, TxtAnswer } from "dns-packet";

/** The records that announce a station on its network (DNS-based service discovery, RFC 6763). */
export interface Announced {
	/** The instance's name: the site's id. */
	name: string;
	/** Its host name: paihao-SITE.local. */
	local: string;
	port: number;
	/** SHA-256 of its certificate: a hint for programs. People compare it with the station's screen, never with this. */
	fingerprint: string;
}

const SERVICE = "_paihao._tcp.local";
const ALL_SERVICES = "_services._dns-sd._udp.local";
/** Seconds: two minutes for what names an address, 75 minutes for the rest (RFC 6762, section 10). */
const ADDRESS_LIVES = 120;
const SERVICE_LIVES = 4_500;

export interface Reply {
	answers: Answer[];
	additionals: Answer[];
}

/** Every record, as it is announced; `goodbye` withdraws them (a life of 0: RFC 6762, section 10.1). */
export function recordsOf(announced: Announced, addresses: readonly string[], goodbye = false): Answer[] {
	const { pointer, service, address } = groups(announced, addresses);
	return [...pointer, ...service, ...address].map((record) => (goodbye ? { ...record, ttl: 0 } : record) as Answer);
}

/** What the questions of one packet are answered with; undefined where none is about this station. */
export function replyTo(
	questions: readonly Question[],
	announced: Announced,
	addresses: readonly string[],
): Reply | undefined {
	const { all, pointer, service, address } = groups(announced, addresses);
	const known = [...all, ...pointer, ...service, ...address];
	const answers = known.filter((record) =>
		questions.some(({ name, type }) => isSameName(name, record.name) && asksFor(type, record.type)),
	);
	if (answers.length === 0) return undefined;
	const answered = new Set<Answer>(answers);
	// A program that asks for the service asks for its host next, and then for the host's address.
	const wanted = answers.some((record) => pointer.includes(record)) ? [...service, ...address] : address;
	const follows = answers.some((record) => pointer.includes(record) || service.includes(record)) ? wanted : [];
	return { answers, additionals: follows.filter((record) => !answered.has(record)) };
}

function groups({ name, local, port, fingerprint }: Announced, addresses: readonly string[]) {
	const instance = `${name}.${SERVICE}`;
	const all: Answer[] = [{ name: ALL_SERVICES, type: "PTR", ttl: SERVICE_LIVES, data: SERVICE } satisfies StringAnswer];
	const pointer: Answer[] = [{ name: SERVICE, type: "PTR", ttl: SERVICE_LIVES, data: instance } satisfies StringAnswer];
	const service: Answer[] = [
		{ name: instance, type: "SRV", ttl: ADDRESS_LIVES, data: { port, target: local } } satisfies SrvAnswer,
		{
			name: instance,
			type: "TXT",
			ttl: SERVICE_LIVES,
			data: ["path=/", `fingerprint=${fingerprint.replaceAll(":", "").toLowerCase()}`],
		} satisfies TxtAnswer,
	];
	const address: Answer[] = addresses.map(
		(data) =>
			({
				name: local,
				type: isIP(data) === 6 ? ("AAAA" as const) : ("A" as const),
				ttl: ADDRESS_LIVES,
				data,
			}) satisfies StringAnswer,
	);
	return { all, pointer, service, address };
}

/** The types that packets really bear: the library's own list leaves ANY out. */
function asksFor(asked: string, type: string): boolean {
	return asked === "ANY" || asked === type;
}

/** Names are compared without regard to case (RFC 6762, section 16). */
function isSameName(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
