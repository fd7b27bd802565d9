import type { FoundPrinter, PrinterSearch, SettingOrigin, SiteChoice, StationSetup } from "../../protocol/api/setup.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { StationNetwork } from "../../protocol/model/network.ts";
import type { PrinterStatus } from "../../protocol/model/print.ts";
import { listSites } from "../catalogue/list-sites.ts";
import { addressesToScan, type NetworkCard, type NetworkScan, scanNetwork } from "../printing/find-printers.ts";
import { Refusal } from "../refusal.ts";
import { type ChosenSettings, readChosenSettings, writeChosenSettings } from "./chosen-settings.ts";
import { type StationConfiguration, withChosen } from "./configuration.ts";
import { siteIsFixedBy } from "./data-folder.ts";
import type { Foundation } from "./foundation.ts";

/** What a person chooses at the screen: the site and the printer. */
export interface StationSetupService {
	read(): Omit<StationSetup, "isFirstStart" | "withoutPin">;
	sites(language: Language): SiteChoice[];
	/** Keeps the choice and opens the station again with it. Refuses with SITE_NOT_LISTED and SITE_FIXED. */
	chooseSite(site: SiteId): void;
	/** The printers at this machine now, the one of the device before it, and those that the last scan has found. */
	printers(): Promise<PrinterSearch>;
	/** Begins a search of the machine's own network, unless one is under way. */
	scanNetwork(): void;
	/** Null: none yet. Rejects with PRINTER_NOT_FOUND and PRINTER_FIXED. */
	choosePrinter(address: string | null): Promise<void>;
}

export interface StationSetupDeps {
	foundation: Foundation;
	printing: { url(): string; use(url: string): Promise<void>; status(): PrinterStatus };
	/** Of the site. */
	timezone(): string;
	siteName(language: "en" | "zh-Hans"): string;
	network(): StationNetwork;
	server(): string | null;
	/** Opens the station again with another configuration, once it has answered. */
	reopen(configuration: StationConfiguration): void;
	findLocalPrinters(): Promise<FoundPrinter[]>;
	networkCards(): NetworkCard[];
}

const NO_PRINTER = "none";

export function openStationSetup(opened: AsyncDisposableStack, deps: StationSetupDeps): StationSetupService {
	const { foundation, printing } = deps;
	const { configuration, catalogueFiles, database, enrolmentStore, clock, trustedClock } = foundation;
	const { given, site } = configuration;
	let { chosen } = configuration;
	let scan: NetworkScan | undefined;
	opened.defer(() => scan?.stop());

	const keep = (choice: ChosenSettings) => {
		const next = { ...readChosenSettings(configuration.data), ...choice };
		writeChosenSettings(configuration.data, next);
		chosen = next;
	};
	const originOf = (name: "site" | "printer"): SettingOrigin =>
		given[name] ? "settings" : chosen[name] === undefined ? "default" : "chosen";
	const inherited = () => readChosenSettings(configuration.data).inheritedPrinter;
	/** Those that nobody at this machine could find by its cable or its queues. */
	const onNetwork = (): readonly FoundPrinter[] => {
		const known = inherited();
		const found = scan?.found ?? [];
		if (known === undefined) return found;
		const { address, profile } = known;
		const first: FoundPrinter = { address, kind: "inherited", name: profile ?? address, profile };
		return [first, ...found.filter((one) => one.address !== address)];
	};
	const siteFixedBy = () => (given.site ? "settings" : siteIsFixedBy(database, enrolmentStore.read()));

	return {
		read() {
			const url = printing.url();
			return {
				site: {
					id: site,
					name: deps.siteName("en"),
					nameChinese: deps.siteName("zh-Hans"),
					origin: originOf("site"),
					fixedBy: siteFixedBy(),
				},
				printer: {
					place: url === NO_PRINTER ? null : (url.split("?", 1)[0] ?? url),
					inherited: inherited()?.address ?? null,
					origin: originOf("printer"),
					status: printing.status(),
				},
				clock: {
					at: clock(),
					timezone: deps.timezone(),
					machineTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
					isDoubted: trustedClock.doubt() !== null,
				},
				server: deps.server(),
				preparedServer: configuration.server ?? null,
				network: deps.network(),
			};
		},
		sites: (language) => listSites(catalogueFiles, language),
		chooseSite(wanted) {
			if (!catalogueFiles.locations.some(({ id }) => id === wanted))
				throw new Refusal("SITE_NOT_LISTED", { site: wanted });
			const reason = siteFixedBy();
			if (reason === "settings" || (reason !== null && wanted !== site))
				throw new Refusal("SITE_FIXED", { site, reason });
			keep({ site: wanted });
			if (wanted !== site) deps.reopen(withChosen(configuration, chosen));
		},
		async printers() {
			const local = await deps.findLocalPrinters();
			return {
				printers: [...local, ...onNetwork()],
				scan: scan === undefined ? null : { asked: scan.asked, total: scan.total, isOver: scan.isOver },
			};
		},
		scanNetwork() {
			if (scan === undefined || scan.isOver) scan = scanNetwork(addressesToScan(deps.networkCards()));
		},
		async choosePrinter(address) {
			if (given.printer) throw new Refusal("PRINTER_FIXED", { place: printing.url().split("?", 1)[0] ?? "" });
			const found = address === null || address === printing.url() ? [] : await deps.findLocalPrinters();
			// Only what was found: an address is also a way to write into a file of this machine.
			const known = [...found, ...onNetwork()].some((one) => one.address === address);
			if (address !== null && address !== printing.url() && !known) throw new Refusal("PRINTER_NOT_FOUND", { address });
			const before = printing.url();
			await printing.use(address ?? NO_PRINTER);
			try {
				keep({ printer: address ?? NO_PRINTER });
			} catch (error) {
				// A full disk: what prints now is what would print after a restart.
				await printing.use(before);
				throw error;
			}
		},
	};
}
