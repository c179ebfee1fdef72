//! What a text does beside being seen.

/// Whether a character does something to a terminal, or to the order or the sight of the text around it, instead of
/// being seen: control characters, separators of lines, and what Unicode calls `Default_Ignorable_Code_Point`, which
/// are the marks of direction, the characters without a width, the fillers, the variation selectors and the tags.
pub fn is_unsafe_for_display(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
