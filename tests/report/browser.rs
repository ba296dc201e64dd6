//! The HTML report in a real browser: it fits on one sheet of paper, and axe finds no barriers for people with disabilities.
//!
//! These tests need Chromium and axe; see `tests/common/chromium.rs`.

use std::fs;

use crate::chromium::{Browser, scratch};
use crate::people::Person;
use twinge::engine::answers::Answers;
use twinge::interview::Interview;
use twinge::questionnaire::Questionnaire;
use twinge::report::{Format, Report};

const AXE: &str = "axe-core/axe.min.js";

/// Whether the part for the person is on the back.
fn is_two_sided(page: &str) -> bool {
    page.contains("class=\"person back\"")
}

/// The number of sides that a page takes on paper of a size.
fn sides_of(browser: &Browser, page: &str, name: &str, paper: &str) -> usize {
    let name = format!("{name}.{paper}");
    let pdf = scratch(&format!("{name}.pdf"));
    let _ = fs::remove_file(&pdf);
    let page = page.replace("@page { ", &format!("@page {{ size: {paper}; "));
    assert!(page.contains(&format!("size: {paper}")), "the style says how it is printed");
    browser.run(&page, &name, &["--no-pdf-header-footer", &format!("--print-to-pdf={}", pdf.display())]);
    let bytes = fs::read(&pdf).expect("a PDF");
    let count = |pattern: &[u8]| bytes.windows(pattern.len()).filter(|window| *window == pattern).count();
    // The root of the page tree is of the type `Pages`, which begins like `Page`.
    let sides = count(b"/Type /Page") - count(b"/Type /Pages");
    assert!(sides > 0, "the PDF has pages that can be counted");
    sides
}

/// The faults that axe finds.
fn faults(browser: &Browser, page: &str, name: &str) -> String {
    // The policy of the page refuses scripts.
    let (before, rest) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
    let (_, after) = rest.split_once(">\n").expect("its end");
    let page =
        format!("{before}{after}").replace("</body>", &format!("{}<script>{LOOK}</script></body>", browser.scripts()));
    let shown = browser.run(&page, name, &["--virtual-time-budget=20000", "--dump-dom"]);
    let (_, found) = shown.split_once("AXE-BEGIN").unwrap_or_else(|| panic!("axe never ran:\n{shown:.2000}"));
    found.split("AXE-END").next().unwrap_or_default().to_owned()
}

/// Runs all rules of axe, and writes what they find into the page.
const LOOK: &str = "axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(found => {\
    const name = rule => rule.id + ': ' + rule.nodes.map(node => node.target + ' ' + node.failureSummary).join('; ');\
    const said = found.violations.concat(found.incomplete).map(name).join('\\n');\
    const note = document.createElement('pre');\
    note.textContent = 'AXE-' + 'BEGIN' + said + 'AXE-' + 'END';\
    document.body.append(note);\
});";

fn html(person: &Person) -> String {
    html_of(&person.questionnaire, person.answers.clone())
}

fn html_of(questionnaire: &Questionnaire, answers: Answers) -> String {
    let interview = Interview::resumed(questionnaire, answers);
    let date = jiff::civil::date(2026, 11, 23);
    Report::new(&interview, date).expect("it can be written").write(Format::Html).expect("it can be written")
}

#[test]
fn the_report_prints_on_one_sheet_of_either_paper() {
    let Some(browser) = Browser::with(&[AXE]) else { return };
    for person in crate::people::everybody() {
        let page = html(&person);
        let sides = if is_two_sided(&page) { 2 } else { 1 };
        for paper in ["A4", "letter"] {
            assert_eq!(sides_of(&browser, &page, person.name, paper), sides, "{} on {paper}", person.name);
        }
    }
}

/// The heights of printed reports on paper of a width, each with the name of the report.
fn heights(browser: &Browser, reports: &[(String, String)], name: &str, width: f64) -> Vec<(String, f64)> {
    let (head, _) = reports[0].1.split_once("</head>").expect("a head");
    let (before, rest) = head.split_once("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
    let head = format!("{before}<meta{rest}").replace("@media print", "@media all");
    let sheet = |(_, html): &(String, String)| {
        let (_, body) = html.split_once("<body>").expect("a body");
        format!("<div class=sheet style='width: {width}mm'>{}</div>", body.replace("</body>\n</html>", ""))
    };
    let sheets = reports.iter().map(sheet).collect::<Vec<_>>().join("\n");
    let page = format!("{head}</head><body>{sheets}<script>{MEASURE}</script></body></html>");
    let shown = browser.run(&page, name, &["--virtual-time-budget=20000", "--dump-dom"]);
    let (_, found) = shown.split_once("<pre>HEIGHTS ").expect("the script ran");
    let heights =
        found.split("</pre>").next().unwrap_or_default().split(' ').map(|height| height.parse().expect("a number"));
    reports.iter().map(|(name, _)| name.clone()).zip(heights).collect()
}

const MEASURE: &str = "const heights = [...document.querySelectorAll('.sheet')].map(sheet => {\
    const back = sheet.querySelector('.back');\
    const front = back ? back.offsetTop - sheet.offsetTop : 0;\
    return Math.max(front, sheet.offsetHeight - front);\
});\
const note = document.createElement('pre');\
note.textContent = 'HEIGHTS ' + heights.join(' ');\
document.body.append(note);";

#[test]
fn the_report_of_every_example_person_fits_on_one_sheet_of_either_paper() {
    const MARGIN: f64 = 9.0;
    let Some(browser) = Browser::with(&[AXE]) else { return };
    let questionnaire = crate::trees::built_in();
    let cases = ["alarms", "causes", "medicines", "worked"].map(|file| crate::people::cases(file, &questionnaire));
    let reports: Vec<(String, String)> =
        cases.into_iter().flatten().map(|case| (case.name, html_of(&questionnaire, case.answers))).collect();
    assert!(reports.len() > 700);
    let two_sided = reports.iter().filter(|(_, page)| is_two_sided(page)).count();
    assert!(two_sided * 4 < reports.len(), "{two_sided} need the back");
    for (paper, width, height) in [("A4", 210.0, 297.0), ("Letter", 215.9, 279.4)] {
        let all = heights(&browser, &reports, &format!("everybody.{paper}"), width - 2.0 * MARGIN);
        assert_eq!(all.len(), reports.len());
        for (name, pixels) in all {
            let millimetres = pixels / 96.0 * 25.4;
            assert!(millimetres <= height - 2.0 * MARGIN, "{name} takes {millimetres:.0} mm of {paper}");
        }
    }
}

#[test]
fn axe_finds_no_fault_in_light_or_dark() {
    let Some(browser) = Browser::with(&[AXE]) else { return };
    for person in [crate::people::emergency(), crate::people::many_medicines(), crate::people::stopped_early()] {
        let light = html(&person);
        let dark = light.replace("(prefers-color-scheme: dark)", "all");
        assert_ne!(light, dark);
        assert_eq!(faults(&browser, &light, &format!("{}.light", person.name)), "", "{} in light", person.name);
        assert_eq!(faults(&browser, &dark, &format!("{}.dark", person.name)), "", "{} in dark", person.name);
    }
}

#[test]
fn axe_finds_the_faults_of_a_page_that_has_some() {
    let Some(browser) = Browser::with(&[AXE]) else { return };
    let page = html(&crate::people::network())
        .replace("--text: #1a1a1a", "--text: #dddddd")
        .replace(" lang=\"en\"", "")
        .replace("<h2>", "<h5>")
        .replace("</h2>", "</h5>");
    let faults = faults(&browser, &page, "faulty");
    for fault in ["color-contrast", "html-has-lang", "heading-order"] {
        assert!(faults.contains(fault), "{fault} is not in:\n{faults}");
    }
}
