import { expect } from "chai";
import { boardLanguage } from "../../../web/board/words/board-language.ts";

describe("the language of a board", () => {
  const clinic = (...languages: string[]) => ({ clinic: { languages } });
  const tag = (...asked: Parameters<typeof boardLanguage>) => boardLanguage(...asked)?.tag;

  it("is the one that the address names, else the clinic's, else the browser's, else English", () => {
    expect(tag(clinic("de"), "?lang=en", ["de"])).to.equal("en");
    expect(tag(clinic("fr", "de-AT"), "?lang=xx", ["en"])).to.equal("de");
    expect(tag(clinic("fr"), "", ["de"])).to.equal("de");
    expect(tag(clinic("fr"), "", ["fr"])).to.equal("en");
  });

  it("is not known before the server answers, and the browser's where there is no answer", () => {
    expect(tag({}, "", ["de"])).to.equal(undefined);
    expect(tag({ unreachableSince: new Date() }, "", ["de"])).to.equal("de");
    expect(tag({ isClosed: true }, "?lang=de", ["en"])).to.equal("de");
  });
});
