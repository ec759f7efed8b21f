-- The words of a text as somebody types them who has a plain keyboard: without case, accents and apostrophes, and with plain
-- letters for those that Unicode does not take apart. Postgres lowers no letter beyond ASCII where its locale is C, so Greek
-- and Cyrillic are named here. `patients.search` is made of names in the same way.
create or replace function plain_words(given text) returns text[]
language sql immutable as $$
  select array_remove(regexp_split_to_array(
    replace(replace(replace(replace(replace(replace(replace(replace(
      translate(
        lower(regexp_replace(
          normalize(regexp_replace(given, '[''’‘ʼʻ`´]', '', 'g'), nfkd), '[\u0300-\u036f]', '', 'g'
        )),
        'đðħıłøĐÐĦŁØАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ',
        'ddhiloddhloабвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџαβγδεζηθικλμνξοπρστυφχψω'
      ),
      'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), 'Æ', 'ae'), 'Œ', 'oe'), 'ẞ', 'ss'), 'Þ', 'th'
    ),
    '[\s\u00a0.,;:/|_()\\\u2010-\u2015-]+'
  ), '')
$$;
