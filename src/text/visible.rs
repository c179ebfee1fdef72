//! What a text does beside being seen.

/// Whether a character does something to a terminal, or to the order or the sight of the text around it, instead of
/// being seen: control characters, marks of direction, separators of lines, characters without a width, tags.
pub fn is_unsafe_for_display(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}
