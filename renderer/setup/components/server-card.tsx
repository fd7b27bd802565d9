import { formattingLocale } from "../../i18n/languages.ts";
import type { Pair } from "../effects/setup-effects.ts";
import type { PairLanguage, Say } from "../messages/messages.ts";
import styles from "../setup.module.css";
import type { PairState } from "../state/state.ts";
import { EnrolForm } from "./enrolment-form.tsx";

interface ServerCardProps {
	state: Extract<PairState, { at: "managing" }>;
	pair: Pair;
	say: Say;
	language: PairLanguage;
}

/** How the station stands to the central server, and the form that enrols it there. */
export function ServerCard({ state, pair, say, language }: ServerCardProps) {
	const { enrolment, enrolling } = state;
	if (enrolment === null) return null;
	const form = <EnrolForm enrolling={enrolling} pair={pair} say={say} />;
	return (
		<section className={styles.card}>
			<h2>{say("serverHeading")}</h2>
			{enrolment.server === null ? (
				<>
					<p className={styles.hint}>{say("serverNone")}</p>
					{form}
				</>
			) : (
				<>
					<p className={styles.addresses} dir="ltr">
						{enrolment.server}
					</p>
					<p className={enrolment.reachable === true && enrolment.refused === null ? styles.hint : styles.warning}>
						<span role="status">{standing(enrolment, say, language)}</span>
					</p>
					<details className={styles.again}>
						<summary>{say("enrolAgain")}</summary>
						<p className={styles.hint}>{say("enrolAgainHint")}</p>
						{form}
					</details>
				</>
			)}
		</section>
	);
}

function standing(
	{ reachable, refused, heardAt, unsent }: NonNullable<ServerCardProps["state"]["enrolment"]>,
	say: Say,
	language: PairLanguage,
): string {
	if (refused !== null) return say("serverRefused", { code: refused });
	if (reachable === null) return say("serverTrying");
	if (!reachable) return say("serverAway", { unsent: String(unsent) });
	return heardAt === null ? say("serverTrying") : say("serverHeard", { time: moment(heardAt, language) });
}

function moment(instant: number, language: PairLanguage): string {
	const parts = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), parts).format(instant);
}
