import { useRef } from "react";
import type { OtherSite, Topics } from "../../../protocol/api/board.ts";
import { formatTime } from "../../i18n/format-time.ts";
import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { DirectionsSlipButton } from "../components/directions-slip-button.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { Phrases } from "../components/phrases.tsx";
import { useFit } from "../components/use-fit.ts";
import { useOtherSites } from "../components/use-other-sites.ts";
import { formatClosed, formatHours } from "../messages/format-opening.ts";
import { formatWait } from "../messages/format-wait.ts";
import type { KioskTranslate } from "../messages/messages.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./unavailable-screen.module.css";

/** So many sites fit on a screen in readable type. */
const MAX_SITES = 4;

/** Why this topic is not available, and which other sites offer it. */
export default function UnavailableScreen({ state }: { state: StateAt<"unavailable"> }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const sites = useOtherSites(state);
	const body = useRef<HTMLDivElement>(null);
	const shown = sites.slice(0, MAX_SITES);
	useFit(body, "[data-box]", shown.map(({ name, address }) => name + address).join());
	const known = topics[state.language];
	const topic = [...(known?.topics ?? []), ...(known?.otherSites ?? [])].find(({ id }) => id === state.topic);
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<p className={styles.topic}>
					{topic && <Icon name={topic.icon} />}
					{topic && <Names topics={[topic]} />}
				</p>
				<Heading className={styles.title}>
					<Phrases text={explainWhy(t, state, known)} />
				</Heading>
				<p className={styles.hint}>{t("unavailable.hint")}</p>
			</div>
			<div ref={body} className={styles.body}>
				{sites.length > 0 && (
					<section aria-labelledby="other-sites">
						<h2 id="other-sites" className={styles.otherSites}>
							{t("unavailable.otherSites")}
						</h2>
						<ul className={styles.sites}>
							{shown.map((site) => (
								<SiteEntry key={site.id} site={site} state={state} />
							))}
						</ul>
					</section>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" onPress={() => dispatch({ type: "left" })}>
					{t("ticket.done")}
				</Button>
				<Button kind="plain" icon={<Icon name="file-check" />} onPress={() => dispatch({ type: "checklist-opened" })}>
					{t("documents.papers")}
				</Button>
				<Button
					kind="primary"
					icon={<Icon name="arrow-left" directed />}
					onPress={() => dispatch({ type: "went-back" })}
				>
					{t("unavailable.another")}
				</Button>
			</div>
		</main>
	);
}

function explainWhy(
	t: KioskTranslate,
	{ reason, language }: StateAt<"unavailable">,
	known: Topics | undefined,
): string {
	switch (reason) {
		case "full":
			return t("unavailable.full");
		case "later":
			return t("unavailable.later");
		case "closed":
			return t("unavailable.closed");
		case "not-at-this-site":
			return t("unavailable.notAtThisSite");
		case "site-closed":
			return known ? formatClosed(t, known.site, language, Date.now()) : t("site.closed");
	}
}

/** A site's address and hours, and its queue where that is known. */
function SiteEntry({ site, state }: { site: OtherSite; state: StateAt<"unavailable"> }) {
	const { t } = useMessages();
	const { language } = state;
	return (
		<li data-box>
			<Icon name="map-pin-house" />
			<div>
				<h3>{site.name}</h3>
				{site.example ? (
					<p>{t("unavailable.askAddress")}</p>
				) : (
					<>
						<p>{site.address}</p>
						{language !== "zh-Hans" && <p lang="zh-Hans">{site.addressChinese}</p>}
					</>
				)}
				<p className={styles.hours} data-open={site.open}>
					{formatHours(t, site, language, Date.now())}
				</p>
				{site.open && site.queue && (
					<p>
						{t("unavailable.asOf", {
							wait: formatWait(t, site.queue, language),
							time: formatTime(site.queue.knownAt, language, site.timezone),
						})}
					</p>
				)}
			</div>
			{!site.example && <DirectionsSlipButton site={site} state={state} />}
		</li>
	);
}
