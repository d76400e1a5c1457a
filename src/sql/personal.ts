/** Words that name a person's data, as parts of a column's name; `_` stands between the words of one. */
const personal: ReadonlySet<string> = new Set(
  `email email_address e_mail phone phone_number mobile_number cell_phone telephone fax_number
  first_name last_name middle_name full_name given_name family_name surname maiden_name legal_name
  date_of_birth birth_date birthdate birthday dob place_of_birth gender ethnicity religion
  ssn social_security social_security_number national_id tax_id passport passport_number driver_license drivers_license license_plate
  iban card_number credit_card bank_account account_holder routing_number
  street_address home_address billing_address shipping_address postal_address mailing_address street postal_code zip_code
  ip_address ip_addr latitude longitude geolocation biometric medical_record health_record diagnosis blood_type salary`.split(
    /\s+/u,
  ),
)

/** Ends of names of columns that tell about such data and don't hold them: `email_verified`. */
const about =
  /_(?:id|ids|hash|hashed|hmac|encrypted|ciphertext|token|verified|confirmed|enabled|count|type|template|templates|sent|status|at|on|opt_in|opt_out|notifications?|provider|domain|format|subject|body)$/u

/** Whether a column's name says that it holds what belongs to a person: `email`, `billingAddress`, `customer_phone`. */
export function isPersonal(column: string): boolean {
  if (column.length > 100) return false
  const name = column.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase()
  if (about.test(name)) return false
  const words = name.split(/[^\p{L}\p{N}]+/u)
  return words.some((_, from) =>
    [1, 2, 3].some((count) => from + count <= words.length && personal.has(words.slice(from, from + count).join('_'))),
  )
}
