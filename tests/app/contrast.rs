//! Whether what is drawn can be told apart and read on the terminals that people have.

use crate::picture::{LOOKS, terminal};
use crate::trees::network;
use crate::walk::Walk;
use ratatui::style::Color;
use twinge::app::theme::Theme;

/// The sixteen colors of a terminal as it comes, and its grounds.
struct Palette {
    name: &'static str,
    colors: [u32; 16],
    grounds: &'static [u32],
}

#[rustfmt::skip]
const PALETTES: [Palette; 12] = [
    Palette { name: "xterm", colors: [0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff], grounds: &[0x00_0000, 0xff_ffff] },
    Palette { name: "VGA", colors: [0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff], grounds: &[0x00_0000] },
    Palette { name: "Windows Terminal", colors: [0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676, 0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2], grounds: &[0x0c_0c0c] },
    Palette { name: "macOS", colors: [0x00_0000, 0xc2_3621, 0x25_bc24, 0xad_ad27, 0x49_2ee1, 0xd3_38d3, 0x33_bbc8, 0xcb_cccd, 0x81_8383, 0xfc_391f, 0x31_e722, 0xea_ec23, 0x58_33ff, 0xf9_35f8, 0x14_f0f0, 0xe9_ebeb], grounds: &[0x00_0000, 0xff_ffff] },
    Palette { name: "GNOME", colors: [0x17_1421, 0xc0_1c28, 0x26_a269, 0xa2_734c, 0x12_488b, 0xa3_47ba, 0x2a_a1b3, 0xd0_cfcc, 0x5e_5c64, 0xf6_6151, 0x33_d17a, 0xe9_ad0c, 0x2a_7bde, 0xc0_61cb, 0x33_c7de, 0xff_ffff], grounds: &[0x17_1421, 0xff_ffff] },
    Palette { name: "Konsole", colors: [0x23_2627, 0xed_1515, 0x11_d116, 0xf6_7400, 0x1d_99f3, 0x9b_59b6, 0x1a_bc9c, 0xfc_fcfc, 0x7f_8c8d, 0xc0_392b, 0x1c_dc9a, 0xfd_bc4b, 0x3d_aee9, 0x8e_44ad, 0x16_a085, 0xff_ffff], grounds: &[0x23_2627, 0xfc_fcfc] },
    Palette { name: "iTerm2", colors: [0x00_0000, 0xc9_1b00, 0x00_c200, 0xc7_c400, 0x02_25c7, 0xca_30c7, 0x00_c5c7, 0xc7_c7c7, 0x68_6868, 0xff_6e67, 0x5f_fa68, 0xff_fc67, 0x68_71ff, 0xff_77ff, 0x60_fdff, 0xff_ffff], grounds: &[0x00_0000, 0xff_ffff] },
    Palette { name: "kitty", colors: [0x00_0000, 0xcc_0403, 0x19_cb00, 0xce_cb00, 0x0d_73cc, 0xcb_1ed1, 0x0d_cdcd, 0xdd_dddd, 0x76_7676, 0xf2_201f, 0x23_fd00, 0xff_fd00, 0x1a_8fff, 0xfd_28ff, 0x14_ffff, 0xff_ffff], grounds: &[0x00_0000] },
    Palette { name: "Tango", colors: [0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf, 0x55_5753, 0xef_2929, 0x8a_e234, 0xfc_e94f, 0x72_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec], grounds: &[0x00_0000, 0xff_ffff] },
    Palette { name: "VS Code, dark", colors: [0x00_0000, 0xcd_3131, 0x0d_bc79, 0xe5_e510, 0x24_72c8, 0xbc_3fbc, 0x11_a8cd, 0xe5_e5e5, 0x66_6666, 0xf1_4c4c, 0x23_d18b, 0xf5_f543, 0x3b_8eea, 0xd6_70d6, 0x29_b8db, 0xe5_e5e5], grounds: &[0x1e_1e1e] },
    Palette { name: "VS Code, light", colors: [0x00_0000, 0xcd_3131, 0x10_7c10, 0x94_9800, 0x04_51a5, 0xbc_05bc, 0x05_98bc, 0x55_5555, 0x66_6666, 0xcd_3131, 0x14_ce14, 0xb5_ba00, 0x04_51a5, 0xbc_05bc, 0x05_98bc, 0xa5_a5a5], grounds: &[0xff_ffff] },
    Palette { name: "Solarized", colors: [0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36, 0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3], grounds: &[0x00_2b36, 0xfd_f6e3] },
];

fn rgb(palette: &Palette, color: Color) -> u32 {
    let order = [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan];
    match order.iter().position(|other| *other == color) {
        Some(at) => palette.colors[at],
        None if color == Color::LightMagenta => palette.colors[13],
        None if color == Color::White => palette.colors[15],
        None => panic!("{color:?} is not used"),
    }
}

/// As WCAG 2.2 defines it.
fn contrast(one: u32, other: u32) -> f64 {
    let luminance = |rgb: u32| {
        let channel = |shift: u32| {
            let value = f64::from((rgb >> shift) & 0xff) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colors of what stands on the terminal's own ground.
fn accents(theme: Theme) -> Vec<Color> {
    let questionnaire = network();
    let terminal = terminal(&Walk::through(&questionnaire).sized(100, 30).answer("smell", ["dark"]).app, theme);
    let cells = terminal.backend().buffer().content().iter();
    cells.filter(|cell| cell.bg == Color::Reset && cell.fg != Color::Reset).map(|cell| cell.fg).collect()
}

#[test]
fn bars_and_frames_stand_out() {
    for palette in &PALETTES {
        let theme = if palette.name == "Windows Terminal" { Theme::WINDOWS } else { Theme::COLORED };
        let accents = accents(theme);
        assert!(!accents.is_empty());
        for (accent, ground) in accents.iter().flat_map(|accent| palette.grounds.iter().map(move |it| (*accent, *it))) {
            let found = contrast(rgb(palette, accent), ground);
            assert!(found >= 3.0, "{accent:?} on {ground:06x} in {}: {found:.1}", palette.name);
        }
    }
}

/// Three to one, as for large and bold text. VS Code sees to its own: it draws text in other shades until it has 4.5 to one.
#[test]
fn badges_can_be_read() {
    for palette in PALETTES.iter().filter(|palette| !palette.name.starts_with("VS Code")) {
        for (text, ground, ..) in LOOKS.iter().filter(|(_, ground, ..)| *ground != Color::Reset) {
            let found = contrast(rgb(palette, *text), rgb(palette, *ground));
            assert!(found >= 3.0, "{text:?} on {ground:?} in {}: {found:.1}", palette.name);
        }
    }
}
