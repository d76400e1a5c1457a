/** The functions of PostgreSQL 18's catalog that SQL calls by name; not those of operators, types and index methods. */
export const postgresFunctions: ReadonlySet<string> = new Set(
  `
    abbrev abs aclcontains acldefault aclexplode aclinsert aclremove acos acosd acosh age amvalidate any_value
    anytextcat area array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims
    array_position array_positions array_prepend array_remove array_replace array_reverse array_sample array_shuffle
    array_sort array_to_json array_to_string array_to_tsvector array_upper arraycontained arraycontains arrayoverlap
    ascii asin asind asinh atan atan2 atan2d atand atanh avg bit bit_and bit_count bit_length bit_or bit_xor
    bitshiftleft bitshiftright bool bool_and bool_or booland_statefunc boolor_statefunc bound_box box box_above
    box_add box_below box_center box_contain box_contain_pt box_contained box_distance box_div box_intersect
    box_left box_mul box_overabove box_overbelow box_overlap box_overleft box_overright box_right box_same box_sub
    bpchar broadcast btrim bytea cardinality casefold cash_div_cash cash_div_flt4 cash_div_flt8 cash_div_int2
    cash_div_int4 cash_div_int8 cash_mi cash_mul_flt4 cash_mul_flt8 cash_mul_int2 cash_mul_int4 cash_mul_int8
    cash_pl cash_words cbrt ceil ceiling center char char_length character_length chr cideq cidr circle circle_above
    circle_add_pt circle_below circle_center circle_contain circle_contain_pt circle_contained circle_distance
    circle_div_pt circle_left circle_mul_pt circle_overabove circle_overbelow circle_overlap circle_overleft
    circle_overright circle_right circle_same circle_sub_pt clock_timestamp close_ls close_lseg close_pb close_pl
    close_ps close_sb coalesce col_description concat concat_ws convert convert_from convert_to corr cos cosd cosh
    cot cotd count covar_pop covar_samp crc32 crc32c cume_dist current_database current_query current_schema
    current_schemas current_setting current_user currtid2 currval cursor_to_xml cursor_to_xmlschema database_to_xml
    database_to_xml_and_xmlschema database_to_xmlschema date date_add date_bin date_cmp_timestamp
    date_cmp_timestamptz date_eq_timestamp date_eq_timestamptz date_ge_timestamp date_ge_timestamptz
    date_gt_timestamp date_gt_timestamptz date_le_timestamp date_le_timestamptz date_lt_timestamp
    date_lt_timestamptz date_mi date_mi_interval date_mii date_ne_timestamp date_ne_timestamptz date_part
    date_pl_interval date_pli date_subtract date_trunc datemultirange daterange daterange_canonical
    daterange_subdiff datetime_pl datetimetz_pl dcbrt decode degrees dense_rank dexp diagonal diameter dist_bp
    dist_bs dist_cpoint dist_cpoly dist_lp dist_ls dist_pathp dist_pb dist_pc dist_pl dist_polyc dist_polyp
    dist_ppath dist_ppoly dist_ps dist_sb dist_sl dist_sp div dlog1 dlog10 dpow dround dsqrt dtrunc
    elem_contained_by_multirange elem_contained_by_range encode enum_first enum_last enum_range erf erfc every exp
    extract factorial family first_value float4 float8 float8_avg float8_corr float8_covar_pop float8_covar_samp
    float8_regr_avgx float8_regr_avgy float8_regr_intercept float8_regr_r2 float8_regr_slope float8_regr_sxx
    float8_regr_sxy float8_regr_syy float8_stddev_pop float8_stddev_samp float8_var_pop float8_var_samp floor
    flt4_mul_cash flt8_mul_cash format format_type gamma gcd gen_random_uuid generate_series generate_subscripts
    get_bit get_byte get_current_ts_config getdatabaseencoding getpgusername greatest grouping
    has_any_column_privilege has_column_privilege has_database_privilege has_foreign_data_wrapper_privilege
    has_function_privilege has_language_privilege has_largeobject_privilege has_parameter_privilege
    has_schema_privilege has_sequence_privilege has_server_privilege has_table_privilege has_tablespace_privilege
    has_type_privilege height host hostmask icu_unicode_version inet_client_addr inet_client_port inet_merge
    inet_same_family inet_server_addr inet_server_port inetand inetmi inetmi_int8 inetnot inetor inetpl initcap int2
    int2_mul_cash int2_sum int2int4_sum int4 int4_mul_cash int4_sum int4inc int4multirange int4range
    int4range_canonical int4range_subdiff int8 int8_avg int8_mul_cash int8_sum int8dec int8dec_any int8inc
    int8inc_any int8inc_float8_float8 int8multirange int8pl_inet int8range int8range_canonical int8range_subdiff
    integer_pl_date inter_lb inter_sb inter_sl interval interval_div interval_hash interval_mi interval_mul
    interval_pl interval_pl_date interval_pl_time interval_pl_timestamp interval_pl_timestamptz interval_pl_timetz
    interval_um is_normalized isclosed isempty isfinite ishorizontal isopen isparallel isperp isvertical json_agg
    json_agg_strict json_array json_array_element json_array_element_text json_array_elements
    json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text
    json_exists json_extract_path json_extract_path_text json_object json_object_agg json_object_agg_strict
    json_object_agg_unique json_object_agg_unique_strict json_object_field json_object_field_text json_object_keys
    json_populate_record json_populate_recordset json_query json_scalar json_serialize json_strip_nulls
    json_to_record json_to_recordset json_to_tsvector json_typeof json_value jsonb_agg jsonb_agg_strict
    jsonb_array_element jsonb_array_element_text jsonb_array_elements jsonb_array_elements_text jsonb_array_length
    jsonb_build_array jsonb_build_object jsonb_concat jsonb_contained jsonb_contains jsonb_delete jsonb_delete_path
    jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path
    jsonb_extract_path_text jsonb_hash jsonb_insert jsonb_object jsonb_object_agg jsonb_object_agg_strict
    jsonb_object_agg_unique jsonb_object_agg_unique_strict jsonb_object_field jsonb_object_field_text
    jsonb_object_keys jsonb_path_exists jsonb_path_exists_opr jsonb_path_exists_tz jsonb_path_match
    jsonb_path_match_opr jsonb_path_match_tz jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz
    jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record
    jsonb_populate_record_valid jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls
    jsonb_to_record jsonb_to_recordset jsonb_to_tsvector jsonb_typeof justify_days justify_hours justify_interval
    lag last_value lastval lcm lead least left length lgamma like like_escape line line_distance line_horizontal
    line_interpt line_intersect line_parallel line_perp line_vertical ln lo_close lo_creat lo_create lo_export
    lo_from_bytea lo_get lo_import lo_lseek lo_lseek64 lo_open lo_put lo_tell lo_tell64 lo_truncate lo_truncate64
    lo_unlink log log10 loread lower lower_inc lower_inf lowrite lpad lseg lseg_center lseg_distance lseg_horizontal
    lseg_interpt lseg_intersect lseg_length lseg_parallel lseg_perp lseg_vertical ltrim macaddr macaddr8
    macaddr8_and macaddr8_not macaddr8_or macaddr8_set7bit macaddr_and macaddr_not macaddr_or make_date
    make_interval make_time make_timestamp make_timestamptz makeaclitem masklen max md5 merge_action min min_scale
    mod mode money mul_d_interval multirange multirange_adjacent_multirange multirange_adjacent_range
    multirange_after_multirange multirange_after_range multirange_before_multirange multirange_before_range
    multirange_contained_by_multirange multirange_contained_by_range multirange_contains_elem
    multirange_contains_multirange multirange_contains_range multirange_intersect multirange_minus
    multirange_overlaps_multirange multirange_overlaps_range multirange_overleft_multirange
    multirange_overleft_range multirange_overright_multirange multirange_overright_range multirange_union mxid_age
    name nameconcatoid nameeqtext namegetext namegttext nameletext namelttext namenetext netmask network
    network_overlap network_sub network_subeq network_sup network_supeq nextval normalize notlike now npoints
    nth_value ntile nullif num_nonnulls num_nulls numeric numeric_abs numeric_add numeric_div numeric_div_trunc
    numeric_exp numeric_inc numeric_ln numeric_log numeric_mod numeric_mul numeric_pl_pg_lsn numeric_power
    numeric_sqrt numeric_sub numeric_uminus numeric_uplus nummultirange numnode numrange numrange_subdiff
    obj_description octet_length oid oidvectoreq oidvectorge oidvectorgt oidvectorle oidvectorlt oidvectorne
    oidvectortypes on_pb on_pl on_ppath on_ps on_sb on_sl overlaps overlay parse_ident path path_add path_add_pt
    path_contain_pt path_distance path_div_pt path_inter path_length path_mul_pt path_npoints path_sub_pt pclose
    percent_rank percentile_cont percentile_disc pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock
    pg_advisory_unlock_all pg_advisory_unlock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared
    pg_available_extension_versions pg_available_extensions pg_available_wal_summaries pg_backend_pid
    pg_backup_start pg_backup_stop pg_basetype pg_blocking_pids pg_cancel_backend pg_char_to_encoding
    pg_clear_attribute_stats pg_clear_relation_stats pg_client_encoding pg_collation_actual_version pg_collation_for
    pg_collation_is_visible pg_column_compression pg_column_is_updatable pg_column_size pg_column_toast_chunk_id
    pg_conf_load_time pg_config pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system
    pg_conversion_is_visible pg_copy_logical_replication_slot pg_copy_physical_replication_slot
    pg_create_logical_replication_slot pg_create_physical_replication_slot pg_create_restore_point
    pg_current_logfile pg_current_snapshot pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn
    pg_current_xact_id pg_current_xact_id_if_assigned pg_cursor pg_database_collation_actual_version
    pg_database_size pg_describe_object pg_drop_replication_slot pg_encoding_max_length pg_encoding_to_char
    pg_event_trigger_ddl_commands pg_event_trigger_dropped_objects pg_event_trigger_table_rewrite_oid
    pg_event_trigger_table_rewrite_reason pg_export_snapshot pg_extension_config_dump pg_extension_update_paths
    pg_filenode_relation pg_function_is_visible pg_get_acl pg_get_aios pg_get_backend_memory_contexts
    pg_get_catalog_foreign_keys pg_get_constraintdef pg_get_expr pg_get_function_arg_default
    pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_function_sqlbody
    pg_get_functiondef pg_get_indexdef pg_get_keywords pg_get_loaded_modules pg_get_multixact_members
    pg_get_object_address pg_get_partition_constraintdef pg_get_partkeydef pg_get_publication_tables
    pg_get_replica_identity_index pg_get_replication_slots pg_get_ruledef pg_get_sequence_data
    pg_get_serial_sequence pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_statisticsobjdef
    pg_get_statisticsobjdef_columns pg_get_statisticsobjdef_expressions pg_get_triggerdef pg_get_userbyid
    pg_get_viewdef pg_get_wait_events pg_get_wal_replay_pause_state pg_get_wal_resource_managers
    pg_get_wal_summarizer_state pg_has_role pg_hba_file_rules pg_ident_file_mappings pg_identify_object
    pg_identify_object_as_address pg_import_system_collations pg_index_column_has_property pg_index_has_property
    pg_indexam_has_property pg_indexam_progress_phasename pg_indexes_size pg_input_error_info pg_input_is_valid
    pg_is_in_recovery pg_is_other_temp_schema pg_is_wal_replay_paused pg_isolation_test_session_is_blocked
    pg_jit_available pg_last_committed_xact pg_last_wal_receive_lsn pg_last_wal_replay_lsn
    pg_last_xact_replay_timestamp pg_listening_channels pg_lock_status pg_log_backend_memory_contexts
    pg_log_standby_snapshot pg_logical_emit_message pg_logical_slot_get_binary_changes pg_logical_slot_get_changes
    pg_logical_slot_peek_binary_changes pg_logical_slot_peek_changes pg_ls_archive_statusdir pg_ls_dir pg_ls_logdir
    pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir pg_ls_summariesdir pg_ls_tmpdir pg_ls_waldir pg_lsn
    pg_lsn_hash pg_lsn_mi pg_lsn_mii pg_lsn_pli pg_mcv_list_items pg_my_temp_schema pg_nextoid
    pg_notification_queue_usage pg_notify pg_numa_available pg_opclass_is_visible pg_operator_is_visible
    pg_opfamily_is_visible pg_options_to_table pg_partition_ancestors pg_partition_root pg_partition_tree
    pg_postmaster_start_time pg_prepared_statement pg_prepared_xact pg_promote pg_read_binary_file pg_read_file
    pg_relation_filenode pg_relation_filepath pg_relation_is_publishable pg_relation_is_updatable pg_relation_size
    pg_reload_conf pg_replication_origin_advance pg_replication_origin_create pg_replication_origin_drop
    pg_replication_origin_oid pg_replication_origin_progress pg_replication_origin_session_is_setup
    pg_replication_origin_session_progress pg_replication_origin_session_reset pg_replication_origin_session_setup
    pg_replication_origin_xact_reset pg_replication_origin_xact_setup pg_replication_slot_advance
    pg_restore_attribute_stats pg_restore_relation_stats pg_rotate_logfile pg_safe_snapshot_blocking_pids
    pg_sequence_last_value pg_sequence_parameters pg_settings_get_flags pg_show_all_file_settings
    pg_show_all_settings pg_show_replication_origin_status pg_size_bytes pg_size_pretty pg_sleep pg_sleep_for
    pg_sleep_until pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_split_walfile_name pg_stat_clear_snapshot
    pg_stat_file pg_stat_force_next_flush pg_stat_have_stats pg_stat_reset pg_stat_reset_backend_stats
    pg_stat_reset_replication_slot pg_stat_reset_shared pg_stat_reset_single_function_counters
    pg_stat_reset_single_table_counters pg_stat_reset_slru pg_stat_reset_subscription_stats
    pg_statistics_obj_is_visible pg_stop_making_pinned_objects pg_switch_wal pg_sync_replication_slots
    pg_table_is_visible pg_table_size pg_tablespace_databases pg_tablespace_location pg_tablespace_size
    pg_terminate_backend pg_timezone_abbrevs_abbrevs pg_timezone_abbrevs_zone pg_timezone_names
    pg_total_relation_size pg_trigger_depth pg_try_advisory_lock pg_try_advisory_lock_shared
    pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_ts_config_is_visible pg_ts_dict_is_visible
    pg_ts_parser_is_visible pg_ts_template_is_visible pg_type_is_visible pg_typeof pg_visible_in_snapshot
    pg_wal_lsn_diff pg_wal_replay_pause pg_wal_replay_resume pg_wal_summary_contents pg_walfile_name
    pg_walfile_name_offset pg_xact_commit_timestamp pg_xact_commit_timestamp_origin pg_xact_status phraseto_tsquery
    pi plainto_tsquery point point_above point_add point_below point_distance point_div point_horiz point_left
    point_mul point_right point_sub point_vert poly_above poly_below poly_center poly_contain poly_contain_pt
    poly_contained poly_distance poly_left poly_npoints poly_overabove poly_overbelow poly_overlap poly_overleft
    poly_overright poly_right poly_same polygon popen position pow power pt_contained_circle pt_contained_poly
    query_to_xml query_to_xml_and_xmlschema query_to_xmlschema querytree quote_ident quote_literal quote_nullable
    radians radius random random_normal range_adjacent range_adjacent_multirange range_after range_after_multirange
    range_agg range_before range_before_multirange range_contained_by range_contained_by_multirange range_contains
    range_contains_elem range_contains_multirange range_intersect range_intersect_agg range_merge range_minus
    range_overlaps range_overlaps_multirange range_overleft range_overleft_multirange range_overright
    range_overright_multirange range_union rank regclass regexp_count regexp_instr regexp_like regexp_match
    regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr regr_avgx regr_avgy
    regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right round
    row_number row_security_active row_to_json rpad rtrim satisfies_hash_partition scale schema_to_xml
    schema_to_xml_and_xmlschema schema_to_xmlschema session_user set_bit set_byte set_config set_masklen setseed
    setval setweight sha224 sha256 sha384 sha512 shobj_description sign similar_escape similar_to_escape sin sind
    sinh slope split_part sqrt starts_with statement_timestamp stddev stddev_pop stddev_samp string_agg
    string_to_array string_to_table strip strpos substr substring sum suppress_redundant_updates_trigger system_user
    table_to_xml table_to_xml_and_xmlschema table_to_xmlschema tan tand tanh text textanycat texteqname textgename
    textgtname textlen textlename textltname textnename time time_hash time_mi_interval time_mi_time
    time_pl_interval timedate_pl timeofday timestamp timestamp_cmp_date timestamp_cmp_timestamptz timestamp_eq_date
    timestamp_eq_timestamptz timestamp_ge_date timestamp_ge_timestamptz timestamp_gt_date timestamp_gt_timestamptz
    timestamp_hash timestamp_le_date timestamp_le_timestamptz timestamp_lt_date timestamp_lt_timestamptz
    timestamp_mi timestamp_mi_interval timestamp_ne_date timestamp_ne_timestamptz timestamp_pl_interval timestamptz
    timestamptz_cmp_date timestamptz_cmp_timestamp timestamptz_eq_date timestamptz_eq_timestamp timestamptz_ge_date
    timestamptz_ge_timestamp timestamptz_gt_date timestamptz_gt_timestamp timestamptz_hash timestamptz_le_date
    timestamptz_le_timestamp timestamptz_lt_date timestamptz_lt_timestamp timestamptz_mi timestamptz_mi_interval
    timestamptz_ne_date timestamptz_ne_timestamp timestamptz_pl_interval timetz timetz_hash timetz_mi_interval
    timetz_pl_interval timetzdate_pl timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number
    to_oct to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure
    to_regrole to_regtype to_regtypemod to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim
    trim_array trim_scale trunc ts_debug ts_delete ts_filter ts_headline ts_lexize ts_match_qv ts_match_tq
    ts_match_tt ts_match_vq ts_parse ts_rank ts_rank_cd ts_rewrite ts_stat ts_token_type tsmultirange tsq_mcontained
    tsq_mcontains tsquery_and tsquery_not tsquery_or tsquery_phrase tsrange tsrange_subdiff tstzmultirange tstzrange
    tstzrange_subdiff tsvector_concat tsvector_to_array tsvector_update_trigger tsvector_update_trigger_column
    txid_current txid_current_if_assigned txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax
    txid_snapshot_xmin txid_status txid_visible_in_snapshot unicode_assigned unicode_version unique_key_recheck
    unistr unnest upper upper_inc upper_inf uuid_extract_timestamp uuid_extract_version uuid_hash uuidv4 uuidv7
    var_pop var_samp varbit varchar variance version websearch_to_tsquery width width_bucket xid xideqint4 xidneq
    xidneqint4 xml xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment
    xmlconcat xmlconcat2 xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot xmlserialize xmltext xmlvalidate
    xpath xpath_exists
  `
    .trim()
    .split(/\s+/u),
)
