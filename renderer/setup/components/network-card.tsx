import type { StationNetwork } from "../../../protocol/model/network.ts";
import { formattingLocale } from "../../i18n/languages.ts";
import type { PairLanguage, Say } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { pairsOf } from "../state/state.ts";

interface NetworkCardProps {
	network: StationNetwork;
	say: Say;
	language: PairLanguage;
}

/** Where the station is found, and how to know that it is the station. */
export function NetworkCard({ network, say, language }: NetworkCardProps) {
	const { transport, addresses, certificate } = network;
	if (transport === "none") {
		return (
			<section className={styles.card}>
				<h2>{say("networkHeading")}</h2>
				<p className={styles.hint}>{say("networkNone")}</p>
			</section>
		);
	}
	return (
		<section className={styles.card}>
			<h2>{say("networkHeading")}</h2>
			<p className={styles.hint}>{say("networkHint")}</p>
			<ul className={styles.addresses}>
				{addresses.map((address) => (
					<li key={address} dir="ltr">
						{address}
					</li>
				))}
			</ul>
			{transport === "plain" && <p className={styles.warning}>{say("networkPlain")}</p>}
			{certificate !== null && (
				<>
					<h2>{say("fingerprintHeading")}</h2>
					<p className={styles.fingerprint} dir="ltr">
						{pairsOf(certificate.fingerprint).map(({ place, pair }) => (
							<span key={place}>{pair}</span>
						))}
					</p>
					<p className={styles.hint}>{say(certificate.from === "given" ? "fingerprintGiven" : "fingerprintHint")}</p>
					<p className={styles.hint}>{say("validUntil", { date: date(certificate.validUntil, language) })}</p>
				</>
			)}
		</section>
	);
}

function date(instant: number, language: PairLanguage): string {
	return new Intl.DateTimeFormat(formattingLocale(language), { dateStyle: "long" }).format(instant);
}
