/** The doctors of an invented clinic, with their rooms. */
export const doctors = [
  { name: "Dr. Smith", specialty: "General practice", room: "3" },
  { name: "Dr. Østergård", specialty: "Cardiology", room: "1" },
  { name: "Dr. Ng", specialty: "Dermatology", room: "2" },
  { name: "Dr. Haddad", specialty: "Paediatrics", room: "4" },
  { name: "Dr. Petrova", specialty: "General practice", room: "5" },
  { name: "Dr. Okafor", specialty: "Orthopaedics", room: "6" },
  { name: "Dr. Lindqvist", specialty: "Eye clinic", room: "7" },
  { name: "Blood tests", specialty: "Laboratory", room: "Lab", kind: "service" },
] as const;

const givenNames =
  `Maria John Aisha Wei Elena Tom Fatima Lars Priya Carlos Yuki Nadia Peter Grace Omar Ingrid Hugo Mei Anton
  Rosa Samuel Lea Karim Olga Ben Chiara Jonas Amara Paul Zofia`.split(/\s+/);
const familyNames =
  `Lopez Doe Khan Li Rossi Baker Haddad Berg Nair Cajal Tanaka Petrov Clarke Okoye Saud Dahl Weiss Chen
  Novak Silva Cohen Martin Aziz Ivanova Hill Conti Keller Diallo Fischer Nowak`.split(/\s+/);

/** Two of one name, and names that are long or written otherwise. */
const named: Record<number, string> = {
  0: "Margaret Hughes",
  3: "María López",
  14: "Maria Lopez",
  20: "Anna-Maria Hohenzollern-Sigmaringen",
  26: "مريم الحسن",
  33: "Siobhán O’Connor",
};

const needs: Record<number, object> = {
  3: { interpreter: true, language: "es" },
  12: { fetch: true },
  26: { interpreter: true, language: "ar" },
};

/** Nobody of these exists. The same number is the same person in every run. */
export function invent(n: number): { name: string; birth_date: string; phone: string; needs: object } {
  const given = givenNames[n % givenNames.length];
  const family = familyNames[(n * 7 + Math.floor(n / familyNames.length)) % familyNames.length];
  const birth = [1938 + ((n * 37) % 80), 1 + ((n * 5) % 12), 1 + ((n * 11) % 28)];
  return {
    name: named[n] ?? `${given} ${family}`,
    birth_date: birth.map((part) => String(part).padStart(2, "0")).join("-"),
    phone: `+1555010${String(n).padStart(4, "0")}`,
    needs: needs[n] ?? {},
  };
}
