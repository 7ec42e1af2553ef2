"""The rules of DWDKFS alone, each on a small table, on every engine."""

from dripline.standards import RULES


def test_what_moves_is_more_than_nothing_in_either_direction(spec):
    spec(
        RULES["DWDKFS-01/positive"],
        """
        serial_no | direction | amount | amount_cny
        ----------+-----------+--------+-----------
        S1        | 0         | 0.01   | 0.01
        S2        | 0         | -1.00  | -1.00
        S3        | 1         | 1.00   | 0.00
        S4        | 1         | 1.00   |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_sum_in_yuan_has_one_amount(spec):
    spec(
        RULES["DWDKFS-01/yuan"],
        """
        serial_no | currency | amount | amount_cny
        ----------+----------+--------+-----------
        S1        | CNY      | 1.00   | 1.00
        S2        | CNY      | 1.00   | 7.00
        S3        | USD      | 1.00   | 7.00
        S4        | CNY      |        | 7.00
        """,
        broken=[2],
        unknown=1,
    )


def test_a_transaction_stands_in_one_row(spec):
    spec(
        RULES["DWDKFS-02"],
        """
        serial_no | loan_note_no
        ----------+-------------
        S1        | JJ1
        S2        | JJ1
        S2        | JJ2
                  | JJ3
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_normal_grant_was_made_within_the_month(spec):
    spec(
        RULES["DWDKFS-03"],
        """
        serial_no | direction | loan_event_status | grant_date
        ----------+-----------+-------------------+-----------
        S1        | 1         | LF01              | 2025-06-01
        S2        | 1         | LF01              | 2025-06-30
        S3        | 1         | LF01              | 2025-05-31
        S4        | 1         | LF01              | 2025-07-01
        S5        | 0         | LF01              | 2020-01-01
        S6        | 1         | LF04              | 2020-01-01
        S7        | 1         | LF01              |
        """,
        broken=[3, 4],
        unknown=1,
    )


def test_a_loan_that_went_out_has_ended(spec):
    head = "serial_no|direction|loan_event_status|restructure_type|product_type|actual_end_date"
    spec(
        RULES["DWDKFS-04"],
        f"""
        {head}
        S1 | 0 | LF02 |    | F022 | 2025-06-30
        S2 | 0 | LF02 |    | F022 |
        S3 | 0 | LF04 |    | F022 |
        S4 | 1 | LF04 |    | F022 |
        S5 | 0 | LF05 | 02 | F022 |
        S6 | 0 | LF05 | 09 | F022 |
        S7 | 0 | LF02 |    | F041 |
        S8 | 0 | LF01 |    | F022 |
        S9 | 0 |      |    | F022 |
        """,
        broken=[2, 3, 5],
    )


def test_it_is_said_how_a_loan_was_restructured(spec):
    spec(
        RULES["DWDKFS-05"],
        """
        serial_no | loan_event_status | restructure_type
        ----------+-------------------+-----------------
        S1        | LF05              | 01
        S2        | LF05              |
        S3        | LF01              | 01
        S4        | LF01              |
        S5        |                   | 01
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_securitised_loan_names_the_products(spec):
    spec(
        RULES["DWDKFS-06"],
        """
        serial_no | loan_event_status | abs_product_codes
        ----------+-------------------+------------------
        S1        | LF07              | 2589001,2589002
        S2        | LF07              |
        S3        | LF01              | 2589001
        S4        | LF01              |
        S5        |                   |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_what_is_written_off_is_no_grant(spec):
    spec(
        RULES["DWDKFS-07"],
        """
        serial_no | loan_event_status | direction
        ----------+-------------------+----------
        S1        | LF02              | 0
        S2        | LF02              | 1
        S3        | LF08              | 1
        S4        | LF04              | 1
        S5        | LF02              |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_loan_ends_after_it_is_granted_and_by_the_data_date(spec):
    spec(
        RULES["DWDKFS-08"],
        """
        serial_no | grant_date | actual_end_date
        ----------+------------+----------------
        S1        | 2025-06-02 | 2025-06-30
        S2        | 2025-06-02 | 2025-06-01
        S3        | 2025-06-02 | 2025-07-01
        S4        | 2025-06-02 |
        S5        |            | 2025-06-30
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_grant_says_whether_it_is_the_first(spec):
    spec(
        RULES["DWDKFS-09"],
        """
        serial_no | direction | first_loan_flag
        ----------+-----------+----------------
        S1        | 1         | 0
        S2        | 1         | 1
        S3        | 1         |
        S4        | 0         |
        S5        |           |
        """,
        broken=[3],
    )
