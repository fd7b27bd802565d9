import { useEffect, useState } from "react";
import type { SiteChoice } from "../../../protocol/api/setup.ts";
import { Keyboard } from "../components/keyboard.tsx";
import { StepFrame } from "../components/step-frame.tsx";
import type { Failure } from "../effects/first-start-effects.ts";
import styles from "../first-start.module.css";
import { failureText } from "../messages/messages.ts";
import { findSites } from "../state/find-sites.ts";
import type { StepProps } from "./step-props.ts";

const KINDS = ["centre", "service-centre", "station"] as const;

/** Which site of the catalogue this is. */
export function SiteScreen({ t, language, setup, firstStart, goOn, goBack }: StepProps) {
	const { site } = setup;
	const [sites, setSites] = useState<readonly SiteChoice[]>([]);
	// The product's own default is nobody's choice.
	const [chosen, setChosen] = useState(site.origin === "default" ? null : site.id);
	const [search, setSearch] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<Failure | null>(null);
	useEffect(() => {
		void firstStart.sites(language).then((result) => {
			if ("value" in result) setSites(result.value);
			else setFailure(result.failure);
		});
	}, [firstStart, language]);

	const isFixed = site.fixedBy !== null;
	const shown = findSites(sites, search ?? "");
	const detail = sites.find(({ id }) => id === chosen);
	const use = async () => {
		if (chosen === null || isFixed) return goOn();
		setIsBusy(true);
		const result = await firstStart.chooseSite(chosen);
		setIsBusy(false);
		if ("value" in result) goOn();
		else setFailure(result.failure);
	};
	return (
		<StepFrame
			t={t}
			heading={t("site.heading")}
			hint={isFixed ? t(`site.fixed.${site.fixedBy ?? "settings"}`) : t("site.hint")}
			failure={failure && failureText(failure, t)}
			onBack={goBack}
			isWide
			actions={
				<button
					type="button"
					className={styles.primary}
					disabled={chosen === null || isBusy}
					onClick={() => void use()}
				>
					{t(isBusy ? "wait" : isFixed ? "next" : "site.use")}
				</button>
			}
		>
			<div className={styles.siteList}>
				{!isFixed && (
					<button type="button" className={styles.search} onClick={() => setSearch(search === null ? "" : null)}>
						{search === null || search === "" ? t("site.search") : search}
					</button>
				)}
				{KINDS.map((kind) => {
					const group = shown.filter((one) => one.kind === kind && (!isFixed || one.id === chosen));
					return (
						group.length > 0 && (
							<fieldset key={kind} className={styles.group}>
								<legend>{t(`site.kind.${kind}`)}</legend>
								<div className={styles.tiles}>
									{group.map(({ id, shortName }) => (
										<button
											key={id}
											type="button"
											className={styles.tile}
											aria-pressed={id === chosen}
											onClick={() => setChosen(id)}
										>
											{shortName}
										</button>
									))}
								</div>
							</fieldset>
						)
					);
				})}
				{sites.length > 0 && shown.length === 0 && <p className={styles.hint}>{t("site.none")}</p>}
			</div>
			{search !== null && <Keyboard t={t} value={search} onChange={setSearch} />}
			{search === null && detail && (
				<section className={styles.detail} aria-live="polite">
					<h2>{detail.name}</h2>
					<p className={styles.hint}>{detail.address}</p>
					<p>{t("site.offers", { topics: String(detail.topics.length), counters: String(detail.counters) })}</p>
					<ul className={styles.topics}>
						{detail.topics.map((topic) => (
							<li key={topic}>{topic}</li>
						))}
					</ul>
				</section>
			)}
		</StepFrame>
	);
}
