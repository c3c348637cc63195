/**
 * Names of the invented house. Domains are reserved ones, and phones come from ranges reserved for
 * fiction.
 */
export const givenNames =
  `Amara Aiko Alessia Anders Anika Arjun Astrid Benedikt Bianca Callum Camila Chidi Clara Daan
    Dalia Dmitri Elif Elena Emeka Esme Farah Felix Fiona Gabriel Giulia Hana Harriet Hugo Ines
    Isaac Ivana Jamal Jonas Joana Kaito Katja Kiran Lars Leila Liam Lucia Mairead Malik Marta
    Mateo Mei Mila Nadia Naveen Nia Noor Oksana Olu Oscar Paloma Petra Priya Quentin Rafael Rhea
    Rosa Ruben Saoirse Selma Sven Tamsin Tariq Thandi Tomas Uma Valeria Viktor Wen Xavier Yara
    Yusuf Zainab Zoe`.split(/\s+/);

export const familyNames =
  `Abara Achterberg Adeyemi Alcott Almqvist Aranda Ashworth Bairstow Balogun Barrowclough Bellandi
    Bjornsen Brandauer Caldeira Chakrabarti Corrigan Dalgaard Delacroix Desai Drummond Eklund
    Escarra Fairweather Ferreira Fontaine Galloway Grigoryan Hallberg Haverford Hollis Ibarra
    Ikeda Jankowski Kavanagh Keane Kowalczyk Lachance Lindqvist Mbeki Mahler Marchetti Mulcahy
    Nakagawa Nwosu Okafor Oyelaran Pemberton Pellegrino Quayle Rahimi Ravndal Rosenthal Sandoval
    Santangelo Sokolov Stavros Tanaka Thistlewood Underhill Vandermeer Vasquez Weatherby Whitlock
    Yamamoto Zielinski`.split(/\s+/);

const companyFirst =
  `Alder Beacon Bramble Cedar Copper Fern Foxglove Granite Harbour Heron Juniper Kestrel Lantern
    Larch Linden Marlow Meadow Northgate Oakfield Orchard Pebble Quarry Rowan Saffron Sparrow
    Sterling Tamarind Thistle Vale Willow`.split(/\s+/);

/** Industry → names of its companies, and who is responsible for training there. */
const trades = {
  education: {
    called: ['Academy', 'Learning', 'Tutors', 'School'],
    roles: ['Head of Year', 'Tutor Lead', 'Principal', 'Parent'],
  },
  healthcare: {
    called: ['Clinics', 'Care', 'Health'],
    roles: ['Practice Manager', 'Training Lead', 'Head of Nursing'],
  },
  software: {
    called: ['Systems', 'Labs', 'Software'],
    roles: ['Engineering Manager', 'Founder', 'People Partner'],
  },
  logistics: {
    called: ['Freight', 'Logistics', 'Haulage'],
    roles: ['Operations Director', 'HR Manager', 'Depot Lead'],
  },
  finance: {
    called: ['Capital', 'Accountants', 'Advisers'],
    roles: ['Partner', 'Compliance Officer', 'Finance Director'],
  },
  retail: {
    called: ['Stores', 'Trading', 'Outfitters'],
    roles: ['Store Manager', 'Head of People', 'Buyer'],
  },
} as const;

export type Trade = keyof typeof trades;
export const tradeWeights: Record<Trade, number> = {
  education: 34,
  healthcare: 16,
  software: 18,
  logistics: 11,
  finance: 11,
  retail: 10,
};
export const companiesOf = (trade: Trade) =>
  companyFirst.flatMap((first) => trades[trade].called.map((called) => `${first} ${called}`));
export const rolesOf = (trade: Trade): readonly string[] => trades[trade].roles;

/**
 * Country → share, time zone and a phone number reserved for fiction (Ofcom, NANPA 555-01xx, ACMA).
 */
export const countries = {
  US: {
    share: 42,
    zone: 'America/New_York',
    phone: (n: number) => `+1${[212, 312, 415, 617, 206][Math.floor(n / 100) % 5]}55501${two(n)}`,
  },
  GB: {
    share: 34,
    zone: 'Europe/London',
    phone: (n: number) => `+442079460${String(n % 1000).padStart(3, '0')}`,
  },
  AU: {
    share: 14,
    zone: 'Australia/Sydney',
    phone: (n: number) => `+61355500${String(n % 1000).padStart(3, '0')}`,
  },
  CA: {
    share: 10,
    zone: 'America/Toronto',
    phone: (n: number) => `+1${[416, 604, 514, 403][Math.floor(n / 100) % 4]}55501${two(n)}`,
  },
} as const;
const two = (n: number) => String(n % 100).padStart(2, '0');
export const mailDomains = ['example.com', 'example.org', 'example.net'] as const;

export const agents = ['Maya Hollis', 'Theo Lindqvist', 'Priya Keane', 'Sam Okafor'] as const;
export type Agent = (typeof agents)[number];

export const offers = {
  trial_class: ['Maths trial', 'English trial', 'Physics trial', 'Chemistry trial'],
  mock_test: ['Selective mock test', 'Scholarship mock test', 'Entrance mock test'],
  ebook: ['Study planner', 'Manager handbook'],
} as const;
export const terms = ['Term 1', 'Term 2', 'Term 3', 'Term 4'] as const;
export const yearLevels = ['Year 5', 'Year 6', 'Year 8', 'Year 10', 'Year 11', 'Year 12'] as const;

export const objections = [
  'price',
  'timing',
  'needs_approval',
  'has_a_provider',
  'too_far',
] as const;
