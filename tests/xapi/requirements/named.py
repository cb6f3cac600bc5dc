"""The requirements that ADL names.

Source: the ids in ``test/v1_0_3`` and ``test/v2_0`` of ADL's LRS Conformance Test Suite
(github.com/adlnet/lrs-conformance-test-suite, 2ec25f2 of October 2024), which are those of ADL's
list (github.com/adlnet/xapi-lrs-conformance-requirements, a257e52 of January 2017). Each is of
both versions, unless it is in ``ONE_VERSION``. What the suite asks besides, without a number, is
in ``test_unnumbered``.
"""

NEW, OLD = "2.0.0", "1.0.3"

# By the part of the specification that the list has them under (1.0.3).
PARTS = {
    "Data 2.2, Formatting": range(1, 16),
    "Data 2.3.2, Voiding": range(16, 21),
    "Data 2.4, Statement Properties": range(21, 26),
    "Data 2.4.1, Id": range(26, 31),
    "Data 2.4.2, Actor": range(31, 44),
    "Data 2.4.3, Verb": range(44, 46),
    "Data 2.4.4, Object": range(46, 74),
    "Data 2.4.5, Result": range(74, 84),
    "Data 2.4.6, Context": range(84, 97),
    "Data 2.4.8, Stored": range(97, 98),
    "Data 2.4.9, Authority": range(98, 101),
    "Data 2.4.10, Version": range(101, 102),
    "Data 2.4.11, Attachments": range(102, 108),
    "Data 2.5, Retrieval": range(108, 115),
    "Data 2.6, Signed Statements": range(115, 118),
    "Data 4, Special Data Types": range(118, 125),
    "Communication 1.1, HEAD": range(125, 127),
    "Communication 1.5, Content Types": range(127, 139),
    "Communication 2.1, Statement Resource": range(139, 182),
    "Communication 2.2, Documents": range(182, 187),
    "Communication 2.3, State Resource": range(187, 236),
    "Communication 2.4, Agents Resource": range(236, 250),
    "Communication 2.5, Activities Resource": range(250, 255),
    "Communication 2.6, Agent Profile Resource": range(255, 285),
    "Communication 2.7, Activity Profile Resource": range(285, 315),
    "Communication 2.8, About Resource": range(315, 322),
    "Communication 3.1, Concurrency": range(322, 323),
    "Communication 3.2, Error Codes": range(323, 330),
    "Communication 3.3, Versioning": range(330, 334),
    "Communication 4.0, Authentication": range(334, 336),
    "Communication 1.3, Alternate Request Syntax": range(336, 337),
}
NAMED = {number for part in PARTS.values() for number in part}
ONE_VERSION = {336: OLD}

# The suite has no test of these: it calls them withdrawn, duplicates, definitions, or says that
# they cannot be tried from outside. Here they have one; what it is about is in the test.
UNTESTED_BY_THE_SUITE = {
    21, 95, 112, 137, 138, 140, 141, 152, 185, 186, 205, 222, 223, 246, 247, 304, 320, 323, 327,
    328, 329,
    *range(224, 227), 228, 276, 277, *range(305, 308),  # in a folder that it does not run
}  # fmt: skip

# What has no test here either, and why.
WITHOUT_TEST = {
    136: "the suite says that there is no such requirement, and the list does not have it",
}
