import type { StationNetwork } from "../../../protocol/model/network.ts";
import { formatDate } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { pairsOf } from "../state/state.ts";

interface NetworkCardProps {
	network: StationNetwork;
	t: Translate;
	language: StaffLanguage;
}

/** The station's addresses, and its certificate's fingerprint. */
export function NetworkCard({ network, t, language }: NetworkCardProps) {
	const { transport, addresses, certificate } = network;
	if (transport === "none") {
		return (
			<section className={styles.card}>
				<h2>{t("networkHeading")}</h2>
				<p className={styles.hint}>{t("networkNone")}</p>
			</section>
		);
	}
	return (
		<section className={styles.card}>
			<h2>{t("networkHeading")}</h2>
			<p className={styles.hint}>{t("networkHint")}</p>
			<ul className={styles.addresses}>
				{addresses.map((address) => (
					<li key={address} dir="ltr">
						{address}
					</li>
				))}
			</ul>
			{transport === "plain" && <p className={styles.warning}>{t("networkPlain")}</p>}
			{certificate !== null && (
				<>
					<h2>{t("fingerprintHeading")}</h2>
					<p className={styles.fingerprint} dir="ltr">
						{pairsOf(certificate.fingerprint).map(({ index, pair }) => (
							<span key={index}>{pair}</span>
						))}
					</p>
					<p className={styles.hint}>{t(certificate.from === "given" ? "fingerprintGiven" : "fingerprintHint")}</p>
					<p className={styles.hint}>{t("validUntil", { date: formatDate(certificate.validUntil, language) })}</p>
				</>
			)}
		</section>
	);
}
